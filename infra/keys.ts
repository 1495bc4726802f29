import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The files: 32 bytes as base64 that personal data's keys are wrapped with, and the key pair by which the gateway tells services who asks. */
export type KeyFiles = { readonly masterKey: string; readonly actorKey: string; readonly actorPublicKey: string }

const create = (path: string, content: () => string, mode: number): string => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  try {
    // Never over an existing key: what was encrypted with it would be lost.
    writeFileSync(path, content(), { mode, flag: 'wx' })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
  }
  return path
}

/**
 * Makes the keys that do not exist yet, readable by the owner only, and returns their files. The actor key may live in a folder of its own,
 * since only the gateway may have it. Throws when an existing file does not hold what it should.
 */
export const makeKeys = (folder: string, gatewayFolder = folder): KeyFiles => {
  const masterKey = create(join(folder, 'master.key'), () => `${randomBytes(32).toString('base64')}\n`, 0o600)
  if (Buffer.from(readFileSync(masterKey, 'utf8').trim(), 'base64').length !== 32) throw new Error(`${masterKey} does not hold 32 bytes as base64`)

  const actorPublicKey = join(folder, 'actor.pub')
  const actorKey = join(gatewayFolder, 'actor.key')
  if (existsSync(actorPublicKey) && !existsSync(actorKey)) throw new Error(`${actorPublicKey} stands without its private key ${actorKey}`)
  create(actorKey, () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600)
  const pair = createPrivateKey(readFileSync(actorKey))
  if (pair.asymmetricKeyType !== 'ed25519') throw new Error(`${actorKey} is not an Ed25519 key but ${pair.asymmetricKeyType}`)
  const publicText = createPublicKey(pair).export({ type: 'spki', format: 'pem' }).toString()
  create(actorPublicKey, () => publicText, 0o644)
  if (readFileSync(actorPublicKey, 'utf8') !== publicText) throw new Error(`${actorPublicKey} does not belong to ${actorKey}`)
  return { masterKey, actorKey, actorPublicKey }
}
