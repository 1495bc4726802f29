import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { noteSignature, skeyOf } from '../evidence/note.ts'
import { newSeed } from '../evidence/signature.ts'
import { receiptsOf } from '../receipts.ts'

/** The name of the logs of a spec. */
export const logName = 'spec.local'

/** A folder for the log of a spec with keys in it, the settings that name them, and who signs receipts. `remove` takes it away. */
export const evidenceFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'collegium-evidence-'))
  const keys = join(folder, 'keys')
  mkdirSync(keys)
  for (const log of ['events', 'reads']) writeFileSync(join(keys, `audit-${log}.key`), skeyOf(`${logName}/${log}`, noteSignature, newSeed()), { mode: 0o600 })
  return {
    audit: join(folder, 'audit'),
    settings: { COLLEGIUM_LOG_NAME: logName, COLLEGIUM_AUDIT_KEYS: keys, COLLEGIUM_AUDIT_FOLDER: join(folder, 'audit') },
    receipts: receiptsOf(skeyOf(`${logName}/receipts`, noteSignature, newSeed()), logName),
    remove: (): void => rmSync(folder, { recursive: true, force: true }),
  }
}
