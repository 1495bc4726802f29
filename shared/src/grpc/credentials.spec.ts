import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HistoryClient, type HistoryServer, HistoryService } from '@collegium/proto/collegium/kernel/v1/history.ts'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answer, answerStream } from './answer.ts'
import { ask, clientFactory } from './client.ts'
import { checkAddress, credentialsOf, type Tls } from './credentials.ts'
import { type GrpcServer, serveGrpc } from './server.ts'

let folder: string
let server: GrpcServer
let ours: Tls
let strangers: Tls

/** An authority and a certificate that it signed for 127.0.0.1. */
const certify = (name: string): Tls => {
  const at = (file: string) => join(folder, `${name}-${file}`)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  openssl('req', '-x509', ...key, '-keyout', at('ca.key'), '-out', at('ca.pem'), '-days', '1', '-subj', `/CN=${name} authority`)
  openssl('req', ...key, '-keyout', at('key.pem'), '-out', at('request.pem'), '-subj', '/CN=activities')
  writeFileSync(at('san'), 'subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:activities')
  openssl(
    'x509',
    '-req',
    '-in',
    at('request.pem'),
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-out',
    at('cert.pem'),
    '-days',
    '1',
    '-extfile',
    at('san'),
  )
  return { ca: readFileSync(at('ca.pem'), 'utf8'), cert: readFileSync(at('cert.pem'), 'utf8'), key: readFileSync(at('key.pem'), 'utf8') }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'collegium-tls-'))
  ours = certify('ours')
  strangers = certify('strangers')
  const implementation: HistoryServer = {
    heads: answer(async () => ({ heads: [{ shard: 0, position: 7 }] })),
    replay: answerStream(async function* () {}),
    stream: answerStream(async function* () {}),
  }
  server = await serveGrpc({
    answers: [{ definition: HistoryService, implementation, callers: { heads: ['activities'] } }],
    address: '127.0.0.1:0',
    credentials: credentialsOf(ours),
    log: pino({ level: 'silent' }),
    verify: JSON.parse,
  })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const headsWith = async (tls: Tls) => {
  const clients = clientFactory({ addresses: { activities: server.address }, credentials: credentialsOf(tls), sign: JSON.stringify })
  try {
    return await ask(clients.client(HistoryClient, 'activities'), 'heads', { service: 'activities' }, { deadlineMs: 700 })
  } finally {
    clients.close()
  }
}

it('services with certificates of the same authority answer each other', async () => {
  expect(await headsWith(ours)).toEqual({ heads: [{ shard: 0, position: 7 }] })
})

it('a caller with a stranger’s certificate gets no answer', async () => {
  await expect(headsWith({ ...strangers, ca: ours.ca })).rejects.toMatchObject({ code: 'no-answer' })
})

it('a caller in plain text gets no answer', async () => {
  await expect(headsWith({})).rejects.toMatchObject({ code: 'no-answer' })
})

it('half a configuration is refused', () => {
  expect(() => credentialsOf({ ca: 'x' })).toThrow(/all three or none/)
})

it('plain text never leaves the machine', () => {
  const plain = credentialsOf({})
  for (const address of ['127.0.0.1:50051', 'localhost:1', '[::1]:2', 'unix:/run/collegium.sock']) expect(checkAddress(address, plain)).toBe(address)
  for (const address of ['10.0.0.7:50051', 'membership:50051', '0.0.0.0:1', 'localhost.example:1'])
    expect(() => checkAddress(address, plain)).toThrow(/loopback only/)
  expect(checkAddress('membership:50051', credentialsOf(ours))).toBe('membership:50051')
})
