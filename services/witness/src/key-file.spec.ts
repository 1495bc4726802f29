import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { noteSignature, skeyOf } from '@collegium/shared/evidence/note.ts'
import { newSeed } from '@collegium/shared/evidence/signature.ts'
import { afterAll, describe, expect, it } from 'vitest'
import { readKeyFile } from './key-file.ts'
import { readSettings } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'witness-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the key file', () => {
  it('[PL-06] is made once, for its owner only, and read again', () => {
    const path = join(folder, 'new', 'witness.key')
    const seed = readKeyFile(path, 'w.example')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700)
    expect(readFileSync(path, 'utf8')).toMatch(/^PRIVATE\+KEY\+w\.example\+[0-9a-f]{8}\+B[A-Za-z0-9+/]{43}\n$/)
    expect(Buffer.compare(readKeyFile(path, 'w.example'), seed)).toBe(0)
    expect(() => readKeyFile(path, 'other.example')).toThrow('holds the key of w.example')
  })

  it.each([0o640, 0o604, 0o644, 0o660])('[PL-06] that others may read or write (%o) is refused', (mode) => {
    const path = join(folder, `mode-${mode}.key`)
    readKeyFile(path, 'w.example')
    chmodSync(path, mode)
    expect(() => readKeyFile(path, 'w.example')).toThrow(`mode ${mode.toString(8)}`)
  })

  it('[PL-06] with a log’s key, or with none, is refused, and shown to nobody', () => {
    const path = join(folder, 'log.key')
    const key = skeyOf('w.example', noteSignature, newSeed())
    for (const text of [key, `${key.slice(0, -2)}AA`, '']) {
      writeFileSync(path, text, { mode: 0o600 })
      expect(() => readKeyFile(path, 'w.example')).toThrow(TypeError)
      expect(() => readKeyFile(path, 'w.example')).not.toThrow(key.slice(30))
    }
  })
})

describe('the settings', () => {
  it('[PL-06] name a witness and at least one log by its key', () => {
    const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
    const other = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop'
    const given = { COLLEGIUM_WITNESS_NAME: 'w.example', COLLEGIUM_WITNESS_LOGS: `${vkey}\n ${other}\n` }
    expect(readSettings(given).logs.map(({ name }) => name)).toEqual(['PeterNeumann', 'EnochRoot'])
    expect(() => readSettings({})).toThrow('COLLEGIUM_WITNESS_NAME')
    expect(() => readSettings({ ...given, COLLEGIUM_WITNESS_NAME: 'a b' })).toThrow('no space')
    expect(() => readSettings({ ...given, COLLEGIUM_WITNESS_LOGS: vkey.replace('c7', 'c8') })).toThrow('COLLEGIUM_WITNESS_LOGS: PeterNeumann: the id')
  })
})
