import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toHex, utf8 } from '@collegium/shared/evidence/bytes.ts'
import { checkpointText } from '@collegium/shared/evidence/checkpoint.ts'
import { cosignatureVerifier, cosignedAt, cosigner } from '@collegium/shared/evidence/cosignature.ts'
import { sha256 } from '@collegium/shared/evidence/digest.ts'
import { noteSigner, noteVerifier, openNote, signatureLine, signNote } from '@collegium/shared/evidence/note.ts'
import { newSeed } from '@collegium/shared/evidence/signature.ts'
import { makeLogger } from '@collegium/shared/logger.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildWitness } from './app.ts'
import { openMemory } from './memory.ts'
import { logOf } from './testing/log.ts'

const seconds = 1_780_000_000
const signer = noteSigner('log.example/events', newSeed())
const second = noteSigner('log.example/events', newSeed())
const witness = cosigner('witness.example/w1', newSeed(), () => seconds)
const log = logOf(signer, 300)
const fork = logOf(signer, 300, ' of the fork', 5)

let folder: string
let close: () => Promise<void>
let ask: (body: string | Buffer, headers?: Record<string, string>) => Promise<{ status: number; text: string; type: unknown }>
let get: (path: string) => Promise<{ status: number; text: string }>

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'witness-'))
  const memory = openMemory(join(folder, 'witness.db'))
  const app = buildWitness({
    logs: [noteVerifier(signer.vkey), noteVerifier(second.vkey)],
    signer: witness,
    memory,
    logger: makeLogger('witness', process.env.SPEC_LOG ?? 'silent'),
    now: () => seconds * 1000,
  })
  ask = async (payload, headers = {}) => {
    const { statusCode, body, headers: got } = await app.inject({ method: 'POST', url: '/add-checkpoint', payload, headers })
    return { status: statusCode, text: body, type: got['content-type'] }
  }
  get = async (url) => {
    const { statusCode, body } = await app.inject({ method: 'GET', url })
    return { status: statusCode, text: body }
  }
  close = async () => {
    await app.close()
    memory.close()
  }
})
afterEach(async () => {
  await close()
  rmSync(folder, { recursive: true })
})

const refusedThere = async (): Promise<{ why: string; request: string; held: string | null }[]> => JSON.parse((await get('/refused')).text)

describe('a witness', () => {
  it('[PL-06] cosigns a log from nothing on, at each further size, and the same size again', async () => {
    for (const [old, size] of [
      [0, 1],
      [1, 7],
      [7, 8],
      [8, 8],
      [8, 300],
    ] as const) {
      const { status, text } = await ask(log.request(old, size))
      expect([status, text]).toEqual([200, expect.stringMatching(/^— witness\.example\/w1 [A-Za-z0-9+/]+=*\n$/)])
      const [found] = openNote(log.note(size) + text, [cosignatureVerifier(witness.vkey)]).signatures
      expect(cosignedAt(found?.signature ?? new Uint8Array(0))).toBe(seconds)
    }
    expect(await refusedThere()).toEqual([])
  })

  it('[PL-06] cosigns a log without entries, and then from its first entry on', async () => {
    expect((await ask(log.request(0, 0))).status).toBe(200)
    expect((await ask(log.request(0, 3))).status).toBe(200)
  })

  it('[PL-06] takes another key of the same log, passes over signatures it does not know, and cosigns further lines as they are', async () => {
    const note = signNote(checkpointText(log.checkpoint(4)), [noteSigner('stranger', newSeed()), second])
    expect((await ask(log.request(0, 4, { note }))).status).toBe(200)
    const text = `${checkpointText(log.checkpoint(9))}more\n`
    const extended = await ask(log.request(4, 9, { note: signNote(text, [signer]) }))
    expect(extended.status).toBe(200)
    expect(openNote(`${text}\n${extended.text}`, [cosignatureVerifier(witness.vkey)]).text).toBe(text)
  })

  it('[PL-06] tells the size that it holds when asked from another, and cosigns when asked from that', async () => {
    await ask(log.request(0, 5))
    for (const old of [0, 4, 6]) expect(await ask(log.request(old, 7))).toEqual({ status: 409, text: '5\n', type: 'text/x.tlog.size' })
    expect((await ask(log.request(5, 7))).status).toBe(200)
    expect(await ask(log.request(0, 0))).toMatchObject({ status: 409, text: '7\n' })
    expect(await refusedThere()).toEqual([])
  })

  it('[PL-06] refuses a log that was changed or goes back, keeps both sides of it, and holds what it held', async () => {
    await ask(log.request(0, 9))
    const lies = [
      fork.request(9, 20),
      fork.request(9, 9),
      log.request(9, 20, { proof: log.proof(9, 20).slice(1) }),
      log.request(9, 20, { proof: [] }),
      log.request(9, 20, { proof: log.proof(8, 20) }),
      log.request(9, 9, { proof: log.proof(8, 9) }),
      fork.request(9, 20, { proof: log.proof(9, 20) }),
    ]
    for (const lie of lies) expect((await ask(lie)).status, lie).toBe(422)
    expect((await ask(lies[0] as string)).status).toBe(422)
    const refused = await refusedThere()
    expect(refused.map(({ request }) => request).sort()).toEqual([...lies].sort())
    for (const { held } of refused) expect(openNote(held as string, [noteVerifier(signer.vkey)]).text).toBe(checkpointText(log.checkpoint(9)))
    expect(JSON.parse((await get('/')).text)).toMatchObject({ refused: lies.length, logs: [{ size: 9 }] })
    expect((await ask(log.request(9, 20))).status).toBe(200)
  })

  it('[PL-06] keeps a second log of the same size also where it was asked from another size', async () => {
    await ask(log.request(0, 9))
    expect((await ask(fork.request(3, 9))).status).toBe(409)
    expect((await refusedThere()).map(({ why }) => why)).toEqual(['another log of 9 entries was cosigned'])
  })

  it('[PL-06] refuses a proof from nothing, and a root that a log without entries cannot have', async () => {
    expect((await ask(log.request(0, 3, { proof: log.proof(2, 3) }))).status).toBe(422)
    const note = signNote(checkpointText({ ...log.checkpoint(1), size: 0 }), [signer])
    expect((await ask(log.request(0, 0, { note }))).status).toBe(422)
  })

  it('[PL-06] knows no other log', async () => {
    const other = logOf(noteSigner('log.example/other', newSeed()), 3)
    expect((await ask(other.request(0, 3))).status).toBe(404)
  })

  it('[PL-06] refuses what the log did not sign, or what was changed after it', async () => {
    const stranger = logOf(noteSigner(signer.name, newSeed()), 3)
    const text = checkpointText(log.checkpoint(3))
    const byBoth = signNote(text, [signer]) + signatureLine('another text\n', second)
    for (const note of [stranger.note(3), signNote(text, [witness]), log.note(3).replace('\n3\n', '\n4\n'), byBoth]) {
      expect((await ask(log.request(0, 3, { note }))).status, note).toBe(403)
    }
    expect(await refusedThere()).toEqual([])
  })

  it.each([
    ['nothing', ''],
    ['no blank line', log.request(0, 3).replace('\n\n', '\n')],
    ['no old size', log.request(0, 3).replace('old 0\n', '')],
    ['a zero before the old size', log.request(1, 3).replace('old 1', 'old 01')],
    ['an old size below zero', log.request(1, 3).replace('old 1', 'old -1')],
    ['a larger old size', log.request(0, 3).replace('old 0', 'old 4')],
    ['a hash of 31 bytes', log.request(1, 3, { proof: [new Uint8Array(31)] })],
    ['64 hashes', log.request(1, 3, { proof: Array.from({ length: 64 }, () => new Uint8Array(32)) })],
    ['a note without a signature', log.request(0, 3, { note: `${checkpointText(log.checkpoint(3))}\n` })],
    ['no checkpoint', log.request(0, 3, { note: signNote('something else\n', [signer]) })],
    ['bytes that are no text', Buffer.concat([Buffer.from(log.request(0, 3)), Buffer.of(0xff, 0x0a)])],
  ])('[PL-06] calls %s malformed', async (_, body) => {
    expect((await ask(body)).status).toBe(400)
  })

  it('[PL-06] reads a request whatever type it says it has, up to a quarter of a megabyte', async () => {
    expect((await ask(log.request(0, 3), { 'content-type': 'application/json' })).status).toBe(200)
    expect((await ask('x'.repeat(300_000))).status).toBe(413)
  })

  it('[PL-06] gives the checkpoint it holds to whoever watches, with the log’s signature and its own', async () => {
    const path = `/${toHex(sha256(utf8(signer.name)))}/checkpoint`
    expect((await get(path)).status).toBe(404)
    const { text } = await ask(log.request(0, 6))
    expect(await get(path)).toEqual({ status: 200, text: log.note(6) + text })
    expect((await get(`/${'0'.repeat(64)}/checkpoint`)).status).toBe(404)
  })

  it('[PL-06] tells its key, and what it witnesses', async () => {
    await ask(log.request(0, 6))
    expect(JSON.parse((await get('/')).text)).toEqual({
      name: witness.name,
      vkey: witness.vkey,
      logs: [{ origin: signer.name, vkeys: [signer.vkey, second.vkey], size: 6, checkpoint: expect.stringMatching(/^\/[0-9a-f]{64}\/checkpoint$/) }],
      refused: 0,
    })
    expect((await get('/livez')).status).toBe(200)
  })
})
