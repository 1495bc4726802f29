import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { noteVerifier, type Verifier } from '../evidence/note.ts'
import { decrypt, encrypt } from '../store/keys.ts'
import { BundleFault } from './manifest.ts'

/** What opens a bundle's personal texts, and by whose signature it is known. It travels apart from the bundle. */
export type BundleKey = { readonly key: Buffer; readonly verifier: Verifier }

const firstLine = 'collegium-bundle-key/v1'
const checked = 'this is the key'

/** Makes a key file that only its owner can read, and never over another. Throws when it is there. */
export const makeKeyFile = (path: string, vkey: string): BundleKey => {
  if (existsSync(path)) throw new Error(`${path} is there already: a key file is made anew for each bundle`)
  writeFileSync(path, `${firstLine}\n${randomBytes(32).toString('base64')}\n${vkey}\n`, { mode: 0o600, flag: 'wx' })
  return readKeyFile(path)
}

/** Reads a key file. Throws where it is none, or where others can read it. */
export const readKeyFile = (path: string): BundleKey => {
  const [first, key = '', vkey = ''] = readFileSync(path, 'utf8').split('\n')
  const bytes = Buffer.from(key, 'base64')
  if (first !== firstLine || bytes.length !== 32) throw new BundleFault('wrong-key', `${path} is not the key file of a bundle`)
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) throw new Error(`${path} can be read by others than its owner: chmod 600 ${path}`)
  try {
    return { key: bytes, verifier: noteVerifier(vkey) }
  } catch (cause) {
    throw new BundleFault('wrong-key', `${path} does not tell who signs the bundle: ${(cause as Error).message}`)
  }
}

/** The text in a manifest by which a key is known to be the right one. */
export const keyCheckOf = (key: Buffer): string => {
  const { iv, ct, tag } = encrypt(key, Buffer.from(checked), checked)
  return Buffer.concat([iv, ct, tag]).toString('base64')
}

/** Throws a BundleFault (wrong-key) unless the key is the one that the bundle was made with. */
export const demandKey = (key: Buffer, keyCheck: string): void => {
  const bytes = Buffer.from(keyCheck, 'base64')
  try {
    decrypt(key, { iv: bytes.subarray(0, 12), ct: bytes.subarray(12, -16), tag: bytes.subarray(-16) }, checked)
  } catch {
    throw new BundleFault('wrong-key', 'This key file does not belong to this bundle')
  }
}
