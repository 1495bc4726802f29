import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { makeKeys } from './keys.ts'

const dir = mkdtempSync(join(tmpdir(), 'collegium-keys-'))
afterAll(() => rmSync(dir, { recursive: true }))

it('keys are made once, only their owner can read them, and they fit together', () => {
  const files = makeKeys(join(dir, 'keys'), { gateway: join(dir, 'gateway') })
  const { auditKeys, ...rest } = files
  const all = [...Object.values(rest), join(auditKeys, 'audit-events.key'), join(auditKeys, 'audit-reads.key')]
  const before = all.map((file) => readFileSync(file, 'utf8'))
  expect(makeKeys(join(dir, 'keys'), { gateway: join(dir, 'gateway') })).toEqual(files)
  expect(all.map((file) => readFileSync(file, 'utf8'))).toEqual(before)
  for (const secret of all.filter((file) => file !== files.actorPublicKey)) expect(statSync(secret).mode & 0o777).toBe(0o600)
  const signature = sign(null, Buffer.from('who asks'), createPrivateKey(readFileSync(files.actorKey)))
  expect(verify(null, Buffer.from('who asks'), createPublicKey(readFileSync(files.actorPublicKey)), signature)).toBe(true)
})

it('a damaged or foreign key is refused instead of replaced', () => {
  const one = makeKeys(join(dir, 'one'))
  const other = makeKeys(join(dir, 'other'))
  writeFileSync(one.actorPublicKey, readFileSync(other.actorPublicKey))
  expect(() => makeKeys(join(dir, 'one'))).toThrow('does not belong to')
  rmSync(one.actorKey)
  expect(() => makeKeys(join(dir, 'one'))).toThrow('stands without its private key')
  writeFileSync(other.masterKey, 'short')
  expect(() => makeKeys(join(dir, 'other'))).toThrow('does not hold 32 bytes')
  makeKeys(join(dir, 'third'))
  expect(() => makeKeys(join(dir, 'third'), { logName: 'another.example' })).toThrow('a log keeps its name')
})
