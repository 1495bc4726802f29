import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { makeCertificates } from './certificates.ts'

const dir = mkdtempSync(join(tmpdir(), 'collegium-certificates-'))
afterAll(() => rmSync(dir, { recursive: true }))

it('each service gets a certificate of one authority for its own host name, once, and the authority cannot sign another', () => {
  const folder = join(dir, 'tls')
  makeCertificates(folder, ['membership', 'audit'])
  expect(readdirSync(folder).sort()).toEqual(['audit.key', 'audit.pem', 'ca.pem', 'membership.key', 'membership.pem'])
  const authority = new X509Certificate(readFileSync(join(folder, 'ca.pem')))
  const audit = new X509Certificate(readFileSync(join(folder, 'audit.pem')))
  expect(audit.verify(authority.publicKey)).toBe(true)
  expect(audit.checkHost('audit')).toBe('audit')
  expect(audit.checkHost('membership')).toBeUndefined()
  expect(statSync(join(folder, 'audit.key')).mode & 0o777).toBe(0o600)

  makeCertificates(folder, ['membership', 'audit'])
  expect(new X509Certificate(readFileSync(join(folder, 'audit.pem'))).fingerprint256).toBe(audit.fingerprint256)
})
