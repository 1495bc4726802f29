import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Recorded } from '../aggregate.ts'
import { toBase64 } from '../evidence/bytes.ts'
import { entryOf, leafOf } from '../evidence/entry.ts'
import { noteSignature, noteVerifier, skeyOf } from '../evidence/note.ts'
import { openReceipt } from '../evidence/receipt.ts'
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

/** The leaf hash (base64) that a receipt promises, its signature checked; and that of the last of a stream's facts. */
export const promisedIn = (receipt: string, vkey: string): string => toBase64(openReceipt(receipt, [noteVerifier(vkey)]).leaf)
export const leafOfLast = (stream: readonly (Pick<Recorded, 'version'> & { readonly bytes: string })[]): string =>
  stream.reduce((previous, { bytes }) => leafOf(entryOf(bytes, previous)), '')
