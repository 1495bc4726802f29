import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { noteSignature, parseSkey, skeyOf } from '../shared/src/evidence/note.ts'
import { newSeed } from '../shared/src/evidence/signature.ts'

/**
 * The files: 32 bytes as base64 that personal data's keys are wrapped with, the key pair by which the gateway tells services who asks, what
 * every service signs receipts with, and the folder with the keys of the logs.
 */
export type KeyFiles = {
  readonly masterKey: string
  readonly actorKey: string
  readonly actorPublicKey: string
  readonly receiptKey: string
  readonly auditKeys: string
}

/** Where keys lie that only one process may have; `folder` itself unless said otherwise. */
export type KeyFolders = { readonly gateway?: string | undefined; readonly audit?: string | undefined; readonly logName?: string | undefined }

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
 * since only the gateway may have it, and the logs' keys too. Throws when an existing file does not hold what it should.
 */
export const makeKeys = (
  folder: string,
  { gateway: gatewayFolder = folder, audit: auditKeys = folder, logName = 'collegium.local' }: KeyFolders = {},
): KeyFiles => {
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

  const noteKey = (path: string, name: string): string => {
    create(path, () => `${skeyOf(name, noteSignature, newSeed())}\n`, 0o600)
    const found = parseSkey(readFileSync(path, 'utf8').trim(), noteSignature).name
    if (found !== name) throw new Error(`${path} is the key of ${found}, not of ${name}: a log keeps its name for good (COLLEGIUM_LOG_NAME)`)
    return path
  }
  const receiptKey = noteKey(join(folder, 'receipt.key'), `${logName}/receipts`)
  for (const log of ['events', 'reads']) noteKey(join(auditKeys, `audit-${log}.key`), `${logName}/${log}`)
  return { masterKey, actorKey, actorPublicKey, receiptKey, auditKeys }
}
