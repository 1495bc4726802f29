import { execFileSync } from 'node:child_process'
import { randomBytes, X509Certificate } from 'node:crypto'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The authority outlives what it signs; a certificate lasts a day and is made anew when half of it is over. */
const authorityDays = 3_650
const hours = 24

const openssl = (folder: string, ...args: string[]): void => {
  try {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  } catch (cause) {
    throw new Error(`openssl ${args[0]} failed: ${(cause as { stderr?: Buffer }).stderr?.toString().trim() || (cause as Error).message}`)
  }
}
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

/** `ca.key` and `ca.pem` in a folder that no service can read, once. */
const makeAuthority = (authority: string): void => {
  if (existsSync(join(authority, 'ca.pem'))) return
  mkdirSync(authority, { recursive: true, mode: 0o700 })
  openssl(authority, 'req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.part', '-days', String(authorityDays), '-subj', '/CN=Collegium authority')
  chmodSync(join(authority, 'ca.key'), 0o600)
  renameSync(join(authority, 'ca.part'), join(authority, 'ca.pem'))
}

/** Is there a certificate of this authority that lasts for at least half its life yet? */
const isFresh = (folder: string, name: string, authority: X509Certificate, now: number): boolean => {
  if (!existsSync(join(folder, `${name}.pem`)) || !existsSync(join(folder, `${name}.key`))) return false
  const certificate = new X509Certificate(readFileSync(join(folder, `${name}.pem`)))
  return certificate.verify(authority.publicKey) && Date.parse(certificate.validTo) - now > (hours / 2) * 3_600_000
}

/** Files take the place of older ones whole: who reads meanwhile reads the one or the other. */
const put = (from: string, to: string, mode: number): void => {
  const part = `${to}.${randomBytes(4).toString('hex')}`
  copyFileSync(from, part)
  chmodSync(part, mode)
  renameSync(part, to)
}

/**
 * Makes what mutual TLS between services takes, with openssl: in `folder` `ca.pem`, and `<name>.pem` and `<name>.key` for each name, whose SAN is the
 * name and localhost, for a day. What is fresh stays. The authority's own key stays in `authority`. Returns the names that got new ones.
 */
export const makeCertificates = (folder: string, authority: string, names: readonly string[], now = Date.now()): string[] => {
  makeAuthority(authority)
  mkdirSync(folder, { recursive: true })
  put(join(authority, 'ca.pem'), join(folder, 'ca.pem'), 0o644)
  const signer = new X509Certificate(readFileSync(join(authority, 'ca.pem')))
  const stale = names.filter((name) => !isFresh(folder, name, signer, now))
  const work = mkdtempSync(join(tmpdir(), 'collegium-tls-'))
  try {
    for (const name of stale) {
      openssl(work, 'req', ...newKey, '-keyout', 'key', '-out', 'request', '-subj', `/CN=${name}`)
      writeFileSync(join(work, 'extensions'), `subjectAltName=DNS:${name},DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n`)
      const signing = ['-CA', join(authority, 'ca.pem'), '-CAkey', join(authority, 'ca.key'), '-set_serial', `0x${randomBytes(16).toString('hex')}`]
      openssl(work, 'x509', '-req', '-in', 'request', ...signing, '-out', 'certificate', '-days', String(hours / 24), '-extfile', 'extensions')
      put(join(work, 'key'), join(folder, `${name}.key`), 0o600)
      put(join(work, 'certificate'), join(folder, `${name}.pem`), 0o644)
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return stale
}
