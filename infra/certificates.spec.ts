import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PeopleClient, type PeopleServer, PeopleService } from '@collegium/proto/collegium/membership/v1/people.ts'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answer } from '../shared/src/grpc/answer.ts'
import { ask, clientFactory } from '../shared/src/grpc/client.ts'
import { watchedCredentials } from '../shared/src/grpc/credentials.ts'
import { type GrpcServer, serveGrpc } from '../shared/src/grpc/server.ts'
import { eventually } from '../shared/src/testing/eventually.ts'
import { makeCertificates } from './certificates.ts'

const dir = mkdtempSync(join(tmpdir(), 'collegium-certificates-'))
const [folder, authority] = [join(dir, 'tls'), join(dir, 'authority')]
const names = ['membership', 'assessment', 'audit']
const certificate = (name: string) => new X509Certificate(readFileSync(join(folder, `${name}.pem`)))
const filesOf = (name: string, of = folder) => ({ ca: join(of, 'ca.pem'), cert: join(of, `${name}.pem`), key: join(of, `${name}.key`) })

let server: GrpcServer
beforeAll(async () => {
  makeCertificates(folder, authority, names)
  const implementation: PeopleServer = { cards: answer(async () => ({ cards: [{ person: 'li' }] })) }
  server = await serveGrpc({
    answers: [{ definition: PeopleService, implementation, callers: { cards: ['assessment'] } }],
    address: '127.0.0.1:0',
    credentials: watchedCredentials(filesOf('membership'), 0.2),
    log: pino({ level: 'silent' }),
    verify: JSON.parse,
  })
})
afterAll(async () => {
  await server.close()
  rmSync(dir, { recursive: true })
})

/** A new process of a service asks membership. */
const askedBy = async (files: ReturnType<typeof filesOf>): Promise<string> => {
  const clients = clientFactory({ addresses: { membership: server.address }, credentials: watchedCredentials(files, 0.2), sign: JSON.stringify })
  try {
    return (await ask(clients.client(PeopleClient, 'membership'), 'cards', { persons: [], fields: [] }, { deadlineMs: 1_500 })).cards[0]?.person ?? '—'
  } catch (error) {
    return String((error as { params?: { reason?: string } }).params?.reason ?? error)
  } finally {
    clients.close()
  }
}

it('each service gets a certificate of one authority for its own name and for a day; what is fresh stays', () => {
  expect(readdirSync(folder).sort()).toEqual(['assessment.key', 'assessment.pem', 'audit.key', 'audit.pem', 'ca.pem', 'membership.key', 'membership.pem'])
  const audit = certificate('audit')
  expect(audit.verify(new X509Certificate(readFileSync(join(folder, 'ca.pem'))).publicKey)).toBe(true)
  expect(audit.checkHost('audit')).toBe('audit')
  expect(audit.checkHost('membership')).toBeUndefined()
  expect(Date.parse(audit.validTo) - Date.now()).toBeLessThan(25 * 3_600_000)
  expect(statSync(join(folder, 'audit.key')).mode & 0o777).toBe(0o600)
  expect(statSync(join(authority, 'ca.key')).mode & 0o777).toBe(0o600)
  expect(makeCertificates(folder, authority, names)).toEqual([])
  expect(certificate('audit').fingerprint256).toBe(audit.fingerprint256)
})

it('a question is answered to the services that are named for it, and to no other certificate of ours', async () => {
  expect(await askedBy(filesOf('assessment'))).toBe('li')
  expect(await askedBy(filesOf('audit'))).toContain('PERMISSION_DENIED')
})

it('a stranger’s certificate of the right name is no certificate', async () => {
  const [theirs, other] = [join(dir, 'theirs'), join(dir, 'other')]
  makeCertificates(theirs, other, ['assessment'])
  expect(await askedBy({ ...filesOf('assessment', theirs), ca: join(folder, 'ca.pem') })).not.toBe('li')
})

it('certificates change while both sides run: half a day later all are new, and questions are answered', async () => {
  const clients = clientFactory({
    addresses: { membership: server.address },
    credentials: watchedCredentials(filesOf('assessment'), 0.2),
    sign: JSON.stringify,
  })
  const client = clients.client(PeopleClient, 'membership')
  const asked = () => ask(client, 'cards', { persons: [], fields: [] }, { deadlineMs: 1_500 })
  expect((await asked()).cards).toHaveLength(1)
  const before = certificate('membership').fingerprint256
  expect(makeCertificates(folder, authority, names, Date.now() + 13 * 3_600_000)).toEqual(names)
  expect(certificate('membership').fingerprint256).not.toBe(before)
  expect((await asked()).cards).toHaveLength(1)
  clients.close()
  // A connection that is made now is made with the new ones.
  expect(
    await eventually(
      () => shownBy(server.address),
      (shown) => shown === certificate('membership').fingerprint256,
    ),
  ).not.toBe(before)
  expect(await askedBy(filesOf('assessment'))).toBe('li')
})

/** What the server shows who connects with a certificate of ours. */
const shownBy = async (address: string): Promise<string> => {
  const { connect } = await import('node:tls')
  const [host, port] = address.split(':') as [string, string]
  const read = (file: string) => readFileSync(file)
  const { ca, cert, key } = filesOf('assessment')
  return new Promise((resolve, fail) => {
    const socket = connect({ host, port: Number(port), ca: read(ca), cert: read(cert), key: read(key), ALPNProtocols: ['h2'] }, () => {
      resolve(socket.getPeerX509Certificate()?.fingerprint256 ?? 'none')
      socket.destroy()
    })
    socket.on('error', fail)
  })
}
