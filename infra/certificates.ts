import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const days = '825'

const openssl = (folder: string, ...args: string[]): void => {
  try {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  } catch (cause) {
    throw new Error(`openssl ${args[0]} failed: ${(cause as { stderr?: Buffer }).stderr?.toString().trim() || (cause as Error).message}`)
  }
}

/**
 * Makes what mutual TLS between services takes, with openssl, unless the folder exists: `ca.pem`, and `<name>.pem` and `<name>.key` for each name,
 * valid for the host of that name and for localhost. The authority's own key is thrown away; for new certificates delete the folder.
 */
export const makeCertificates = (folder: string, names: readonly string[]): void => {
  if (existsSync(folder)) return
  const work = mkdtempSync(join(tmpdir(), 'collegium-tls-'))
  try {
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
    openssl(work, 'req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', days, '-subj', '/CN=Collegium authority')
    for (const name of names) {
      openssl(work, 'req', ...newKey, '-keyout', `${name}.key`, '-out', 'request', '-subj', `/CN=${name}`)
      writeFileSync(join(work, 'extensions'), `subjectAltName=DNS:${name},DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n`)
      openssl(
        work,
        'x509',
        '-req',
        '-in',
        'request',
        '-CA',
        'ca.pem',
        '-CAkey',
        'ca.key',
        '-CAcreateserial',
        '-out',
        `${name}.pem`,
        '-days',
        days,
        '-extfile',
        'extensions',
      )
    }
    mkdirSync(dirname(folder), { recursive: true })
    const part = mkdtempSync(`${folder}.part-`)
    for (const file of ['ca.pem', ...names.flatMap((name) => [`${name}.pem`, `${name}.key`])]) {
      execFileSync('install', ['-m', file.endsWith('.key') ? '600' : '644', join(work, file), join(part, file)])
    }
    renameSync(part, folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
