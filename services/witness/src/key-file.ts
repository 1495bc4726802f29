import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { cosignatureV1, parseSkey, skeyOf } from '@collegium/shared/evidence/note.ts'
import { newSeed } from '@collegium/shared/evidence/signature.ts'

const create = (path: string, name: string): void => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = openSync(path, 'wx', 0o600)
  writeSync(file, `${skeyOf(name, cosignatureV1, newSeed())}\n`)
  fsyncSync(file)
  closeSync(file)
  const folder = openSync(dirname(path), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

/**
 * The witness' private key (32 bytes) from its file, which is made where there is none. Throws where others than the owner may read the
 * file, where it holds no such key, or the key of another name.
 */
export const readKeyFile = (path: string, name: string): Uint8Array => {
  if (!existsSync(path)) create(path, name)
  const mode = statSync(path).mode & 0o777
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new Error(`${path} may be read by others (mode ${mode.toString(8)}): chmod 600, and if anybody did read it, make a new key`)
  }
  const key = parseSkey(readFileSync(path, 'utf8').trim(), cosignatureV1)
  if (key.name !== name) throw new Error(`${path} holds the key of ${key.name}, not of ${name}`)
  return key.seed
}
