import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { collectCosignatures, type Witness } from '../../services/audit/src/log/witnesses.ts'
import { buildWitness } from '../../services/witness/src/app.ts'
import { openMemory } from '../../services/witness/src/memory.ts'
import { logOf } from '../../services/witness/src/testing/log.ts'
import { checkpointText } from '../../shared/src/evidence/checkpoint.ts'
import { cosigner } from '../../shared/src/evidence/cosignature.ts'
import { noteSigner, noteVerifier, signatureLine } from '../../shared/src/evidence/note.ts'
import { openCheckpoint, parsePolicy } from '../../shared/src/evidence/policy.ts'
import { newSeed } from '../../shared/src/evidence/signature.ts'
import { makeLogger } from '../../shared/src/logger.ts'

const signer = noteSigner('log.example/events', newSeed())
const log = logOf(signer, 200)
const fork = logOf(signer, 200, ' of the fork', 5)

let folder: string
const ends: (() => unknown)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cosigning-'))
})
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
  rmSync(folder, { recursive: true })
})

/** A real witness on a port of its own. */
const startWitness = async (name: string): Promise<Required<Witness>> => {
  const memory = openMemory(join(folder, `${name}.db`))
  const key = cosigner(name, newSeed(), () => Date.now() / 1000)
  const app = buildWitness({ logs: [noteVerifier(signer.vkey)], signer: key, memory, logger: makeLogger('witness', 'silent'), now: Date.now })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  ends.push(async () => {
    await app.close()
    memory.close()
  })
  return { url, name, vkey: key.vkey }
}

/** Somebody who answers as no witness should. */
const startOther = async (name: string, answer: RequestListener): Promise<Witness> => {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, name }
}

/** Asks as a sequencer does; `asked` are the sizes that a proof was wanted from. */
const collect = async (size: number, witnesses: readonly Witness[], given: { of?: typeof log; timeoutMs?: number } = {}) => {
  const of = given.of ?? log
  const asked: number[] = []
  const found = await collectCosignatures({
    note: of.note(size),
    checkpoint: of.checkpoint(size),
    witnesses,
    consistencyProof: async (from) => {
      asked.push(from)
      return of.proof(from, size)
    },
    timeoutMs: given.timeoutMs ?? 5000,
  })
  return { ...found, asked }
}

describe('a sequencer that collects cosignatures', () => {
  it('[PL-06] gets those of all witnesses, and a reader’s policy is content with them', async () => {
    const witnesses = await Promise.all(['w1', 'w2', 'w3'].map(startWitness))
    const { lines, refusals } = await collect(7, witnesses)
    expect([lines.length, refusals]).toEqual([3, []])
    const policy = parsePolicy(
      `log ${signer.vkey}\n${witnesses.map(({ name, vkey }) => `witness ${name} ${vkey}\n`).join('')}group all-of-them all w1 w2 w3\nquorum all-of-them\n`,
    )
    expect(openCheckpoint(log.note(7) + lines.join(''), policy).isEnough).toBe(true)
  })

  it('[PL-06] asks from what a witness held last, and proves anew from the size that it answers', async () => {
    const witness = await startWitness('w1')
    expect((await collect(7, [witness])).asked).toEqual([0])
    expect((await collect(9, [witness])).asked).toEqual([7])
    const elsewhere = { ...witness, url: `${witness.url}/` }
    const { lines, asked } = await collect(30, [elsewhere])
    expect([lines.length, asked]).toEqual([1, [0, 9]])
    expect((await collect(30, [witness])).lines).toHaveLength(1)
  })

  it('[PL-06] hears of a witness that holds another history, and of one that is ahead', async () => {
    const witness = await startWitness('w1')
    await collect(9, [witness])
    expect((await collect(12, [witness], { of: fork })).refusals).toEqual([
      { witness: 'w1', status: 422, text: expect.stringContaining('does not lead from the 9') },
    ])
    expect((await collect(8, [witness])).refusals).toEqual([{ witness: 'w1', status: 409, text: '9' }])
    expect((await collect(12, [witness])).lines).toHaveLength(1)
  })

  it('[PL-06] loses no cosignature to witnesses that are silent, gone, lost or lying', async () => {
    const good = await startWitness('good')
    const key = cosigner('false', newSeed(), () => 1)
    const silent = await startOther('silent', () => {})
    const gone = { url: 'http://127.0.0.1:9', name: 'gone' }
    const lost = await startOther('lost', (_, answer) => answer.writeHead(302, { location: good.url }).end())
    const restless = await startOther('restless', (request, answer) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => answer.writeHead(409).end(`${(Number(/^old (\d+)/.exec(body)?.[1]) + 1) % 7}\n`))
    })
    const wordy = await startOther('wordy', (_, answer) => answer.end('thank you\n'.repeat(100_000)))
    const lines =
      signatureLine('another text\n', key) +
      signatureLine(
        checkpointText(log.checkpoint(7)),
        cosigner('good', newSeed(), () => 1),
      )
    const lying = { ...(await startOther('false', (_, answer) => answer.end(lines))), vkey: key.vkey }
    const stranger = { ...lying, name: 'stranger', vkey: good.vkey }

    const found = await collect(7, [silent, gone, lost, restless, wordy, lying, stranger, good], { timeoutMs: 3_000 })
    expect(found.lines).toEqual([expect.stringContaining('— good ')])
    expect(found.refusals.map(({ witness, status }) => [witness, status])).toEqual([
      ['silent', 0],
      ['gone', 0],
      ['lost', 0],
      ['restless', 409],
      ['wordy', 0],
      ['false', 0],
      ['stranger', 0],
    ])
    for (const { text } of found.refusals) expect(text).not.toBe('')
  })
})
