import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cosigner } from '@collegium/shared/evidence/cosignature.ts'
import { makeLogger } from '@collegium/shared/logger.ts'
import closeWithGrace from 'close-with-grace'
import { buildWitness } from './app.ts'
import { heldOf } from './cosign.ts'
import { readKeyFile } from './key-file.ts'
import { openMemory } from './memory.ts'
import { readSettings } from './settings.ts'

const settings = readSettings()
const logger = makeLogger('witness', settings.COLLEGIUM_LOG_LEVEL)
const folder = resolve(fileURLToPath(new URL('../../../', import.meta.url)), settings.COLLEGIUM_WITNESS_FOLDER)
const memoryPath = join(folder, 'witness.db')
const keyPath = settings.COLLEGIUM_WITNESS_KEY_PATH ?? join(folder, 'witness.key')

if (existsSync(keyPath) && !existsSync(memoryPath)) {
  throw new Error(
    `The key ${keyPath} has cosigned, and what is not there any more (${memoryPath}). This key must not cosign again: make a new one under a new name.`,
  )
}
const memory = openMemory(memoryPath)
const now = (): number => Date.now()
const signer = cosigner(settings.COLLEGIUM_WITNESS_NAME, readKeyFile(keyPath, settings.COLLEGIUM_WITNESS_NAME), () => now() / 1000)
for (const { name } of settings.logs) heldOf(memory, name)

const app = buildWitness({ logs: settings.logs, signer, memory, logger, now })
const address = await app.listen({ host: settings.COLLEGIUM_HOST, port: settings.COLLEGIUM_WITNESS_PORT })
logger.info({ address, vkey: signer.vkey, logs: settings.logs.map(({ name }) => name) }, 'listening')

closeWithGrace({ delay: 10_000, logger: false }, async ({ err }) => {
  if (err) logger.error({ err }, 'crashed')
  await app.close()
  memory.close()
})
