import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { audit } from '../../services/audit/src/app.ts'
import { runLine } from '../../services/verifier/src/line.ts'
import { volunteers } from '../../services/volunteers/src/app.ts'
import { leafHash } from '../../shared/src/evidence/digest.ts'
import { parseEntry } from '../../shared/src/evidence/entry.ts'
import { parsePolicy } from '../../shared/src/evidence/policy.ts'
import { readProof, verifyProof } from '../../shared/src/evidence/proof.ts'
import { organization } from '../../shared/src/testing/organization.ts'
import { type RunningServices, runServices } from '../../shared/src/testing/running.ts'

/** A log that the real sequencer wrote, in the hands of the verifier; and proofs that people get of it. */
let house: RunningServices
let folder = ''
let shift: { id: string; receipt: string }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'evidence-'))
  house = await runServices([audit, volunteers], {
    organization: organization({
      units: { fed: null, north: 'fed', south: 'fed' },
      kinds: { host: ['volunteers:*'], auditor: ['trail:read'] },
      posts: ['li host north', 'qi auditor north', 'wu auditor south'],
      policies: { 'volunteer-hours.grace-minutes': 30, 'volunteer-hours.per-day.max-minutes': 240 },
    }),
  })
  for (let at = 0; at < 12; at++) {
    const { body } = await house.send({ person: 'li' }, 'volunteers', 'POST', '/shifts', shiftAt(at), { 'idempotency-key': `shift ${at}` })
    shift = body
  }
  await vi.waitFor(async () => expect((await proofOf({ person: 'qi' })).body.proof?.isEnough).toBe(true), { timeout: 10_000, interval: 100 })
  // Whatever came before it is in the log then too: what is signed has no holes.
  for (const name of ['policy', 'keys.json']) writeFileSync(join(folder, name), (await house.app('audit').inject({ url: `/audit/${name}` })).rawPayload)
})
afterAll(async () => {
  await house.stop()
  rmSync(folder, { recursive: true, force: true })
})

const shiftAt = (at: number) => {
  const [from, to] = [9, 10].map((hour) => `2027-03-01T${`${hour}`.padStart(2, '0')}:00:00.000Z`)
  return { unit: 'north', title: { zh: `服务 ${at}`, en: `Shift ${at}` }, category: 'community', place: 'Hall', from, to, seats: 5 }
}
const proofOf = (as: { person: string }) => house.send(as, 'audit', 'GET', `/trail/volunteers/shift-${shift.id}/1/proof`)

const run = async (...typed: string[]) => {
  let text = ''
  const out = { write: (more: string) => (text += more) }
  const code = await runLine([...typed, '--policy', join(folder, 'policy')], { env: {}, out, errors: out, now: Date.now })
  return { code, text }
}

describe('what the sequencer wrote', () => {
  it('[PL-06] is sound to the verifier: every entry, every hash, both logs', async () => {
    expect(await run('verify', house.evidence.folder)).toMatchObject({ code: 0, text: expect.stringMatching(/spec\.local\/events: 1[3-9] entries/) })
  })

  it('[PL-06] is proved by the verifier fact by fact, and the receipt of each is merged', async () => {
    const file = join(folder, 'one.tlog-proof')
    const record = join(folder, 'record.json')
    writeFileSync(record, JSON.stringify((await house.send({ person: 'qi' }, 'audit', 'GET', `/trail/volunteers/shift-${shift.id}/1`)).body, null, 2))
    expect((await run('prove', `volunteers/shift-${shift.id}/1`, house.evidence.folder, '-o', file)).code).toBe(0)
    expect(await run('check', file, '--record', record)).toMatchObject({ code: 0, text: expect.stringContaining('volunteers.shift-opened.v1') })
    writeFileSync(record, readFileSync(record, 'utf8').replace('Hall', 'Hull'))
    expect((await run('check', file, '--record', record)).code).toBe(2)
    writeFileSync(join(folder, 'receipt'), shift.receipt)
    const receipts = await run('receipts', join(folder, 'receipt'), '--dir', house.evidence.folder, '--keys', join(folder, 'keys.json'))
    expect(receipts).toMatchObject({ code: 0, text: expect.stringContaining('stands in the log as entry') })
  })

  it('[PL-06] proves a fact to whoever may see it, in a file that holds without this system', async () => {
    const { status, body } = await proofOf({ person: 'qi' })
    expect(status).toBe(200)
    const proof = readProof(body.proof.proof)
    const opened = verifyProof(proof, leafHash(proof.extra as Uint8Array), parsePolicy(readFileSync(join(folder, 'policy'), 'utf8')))
    expect(opened.checkpoint).toMatchObject({ origin: body.proof.origin, size: body.proof.size })
    expect(parseEntry(body.proof.entry)).toMatchObject({ source: 'volunteers', stream: `shift-${shift.id}`, version: '1', actor: 'li', post: 'host@north' })
    expect(body.proof.hashes).toHaveLength(proof.hashes.length)
  })

  it('[PL-12] proves nothing to whoever may not, and knows nothing of what there is not', async () => {
    expect((await proofOf({ person: 'wu' })).status).toBe(403)
    expect((await proofOf({ person: 'li' })).status).toBe(403)
    expect((await house.send({ person: 'qi' }, 'audit', 'GET', '/trail/volunteers/shift-none/1/proof')).body).toMatchObject({
      status: 404,
      code: 'unknown-entry',
    })
  })
})
