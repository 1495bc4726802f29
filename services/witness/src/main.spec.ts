import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseCheckpoint } from '@collegium/shared/evidence/checkpoint.ts'
import { cosignatureVerifier } from '@collegium/shared/evidence/cosignature.ts'
import { noteSigner, openNote, splitNote } from '@collegium/shared/evidence/note.ts'
import { newSeed } from '@collegium/shared/evidence/signature.ts'
import { isConsistent } from '@collegium/shared/evidence/tree.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { logOf } from './testing/log.ts'

const signer = noteSigner('log.example/events', newSeed())
const log = logOf(signer, 400)
const others = Array.from({ length: 50 }, (_, at) => noteSigner(`log.example/${at}`, newSeed()))

let folder: string
const running: (() => Promise<void>)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'witness-'))
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((end) => end()))
  rmSync(folder, { recursive: true })
})

const rootIn = (note: string): Uint8Array => parseCheckpoint(splitNote(note).text)?.root as Uint8Array

/** Kills the process by its own hand at a moment that nothing else could meet. */
const dieAt = {
  answer: `import http from 'node:http'
    const head = http.ServerResponse.prototype.writeHead
    http.ServerResponse.prototype.writeHead = function (...words) { return this.req.method === 'POST' ? process.kill(process.pid, 'SIGKILL') : head.apply(this, words) }`,
  commit: `import { DatabaseSync } from 'node:sqlite'
    const exec = DatabaseSync.prototype.exec
    DatabaseSync.prototype.exec = function (text) { return text === 'commit' ? process.kill(process.pid, 'SIGKILL') : exec.call(this, text) }`,
}

/** The witness as a process of its own, on the folder of this test. */
const start = async (moment?: keyof typeof dieAt) => {
  const words = moment ? [`--import=data:text/javascript,${encodeURIComponent(dieAt[moment])}`] : []
  const child = spawn(process.execPath, [...words, fileURLToPath(new URL('main.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      COLLEGIUM_WITNESS_NAME: 'witness.example/w1',
      COLLEGIUM_WITNESS_LOGS: [signer, ...others].map(({ vkey }) => vkey).join('\n'),
      COLLEGIUM_WITNESS_FOLDER: folder,
      COLLEGIUM_WITNESS_PORT: '0',
    },
  })
  let fault = ''
  child.stderr.on('data', (chunk) => {
    fault += chunk
  })
  const ended = once(child, 'close')
  running.push(async () => {
    child.kill('SIGKILL')
    await ended
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const told = JSON.parse(line)
    if (told.msg !== 'listening') continue
    child.stdout.resume()
    return {
      vkey: told.vkey as string,
      ask: async (body: string): Promise<{ status: number; text: string }> => {
        const answer = await fetch(`${told.address}/add-checkpoint`, { method: 'POST', body })
        return { status: answer.status, text: await answer.text() }
      },
      state: async () => (await fetch(told.address)).json() as Promise<{ logs: { size: number }[]; refused: number }>,
      ended,
      kill: () => child.kill('SIGKILL'),
      stop: () => child.kill('SIGTERM'),
    }
  }
  await ended
  throw new Error(fault)
}

describe('a witness as a process of its own', () => {
  it('[PL-06] ends when it is told to, and goes on with the same key and memory', async () => {
    const first = await start()
    expect((await first.ask(log.request(0, 9))).status).toBe(200)
    first.stop()
    expect((await first.ended)[0]).toBe(0)
    const again = await start()
    expect(again.vkey).toBe(first.vkey)
    expect((await again.ask(log.request(9, 12))).status).toBe(200)
  })

  it('[PL-06] killed after it persisted and before it answered, never goes back', async () => {
    const first = await start('answer')
    await expect(first.ask(log.request(0, 9))).rejects.toThrow()
    await first.ended
    const again = await start()
    expect((await again.state()).logs[0]?.size).toBe(9)
    const fork = logOf(signer, 20, ' of the fork', 4)
    expect(await again.ask(fork.request(0, 8))).toEqual({ status: 409, text: '9\n' })
    expect((await again.ask(fork.request(9, 20))).status).toBe(422)
    expect((await again.ask(log.request(9, 9))).status).toBe(200)
  })

  it('[PL-06] killed before it persisted, has cosigned nothing', async () => {
    const first = await start('commit')
    await expect(first.ask(log.request(0, 9))).rejects.toThrow()
    await first.ended
    const again = await start()
    expect((await again.state()).logs[0]?.size).toBe(0)
    expect((await again.ask(log.request(0, 5))).status).toBe(200)
  })

  it('[PL-06] killed at any moment while a log hurries on, holds at least what it has cosigned', async () => {
    let cosigned = 0
    for (let round = 0; round < 4 || (cosigned === 0 && round < 40); round++) {
      const witness = await start()
      const held = (await witness.state()).logs[0]?.size as number
      expect(held).toBeGreaterThanOrEqual(cosigned)
      setTimeout(witness.kill, 5 + round * 17)
      try {
        for (let size = held; ; size++) {
          if ((await witness.ask(log.request(size, size + 1))).status === 200) cosigned = size + 1
        }
      } catch {
        await witness.ended
      }
    }
    expect(cosigned).toBeGreaterThan(0)
  })

  it('[PL-06] cosigns nothing inconsistent for two runs that ask 50 times each at once, not even as two processes on one memory', async () => {
    const shared = 3
    const forks = [logOf(signer, 60, ' of one', shared), logOf(signer, 60, ' of the other', shared)] as const
    const first = await start()
    const witnesses = [first, await start()] as const
    expect((await first.ask(log.request(0, shared))).status).toBe(200)

    const cosigned: { fork: number; size: number; note: string }[] = []
    const statuses: number[] = []
    /** One request of a run: from the size it is told, to a size of its own. */
    const run = async (fork: 0 | 1, at: number): Promise<void> => {
      const size = shared + 1 + at
      let old = shared
      for (let turn = 0; turn < 8; turn++) {
        const { status, text } = await witnesses[at % 2 === 0 ? 0 : 1].ask(forks[fork].request(old, size))
        statuses.push(status)
        if (status === 200) cosigned.push({ fork, size, note: forks[fork].note(size) + text })
        if (status !== 409) return
        old = Number(text)
        if (old > size) return
      }
    }
    await Promise.all(Array.from({ length: 50 }, (_, at) => [run(0, at), run(1, 49 - at)]).flat())

    expect(statuses.length).toBeGreaterThanOrEqual(100)
    expect(statuses.filter((status) => ![200, 409, 422].includes(status))).toEqual([])
    expect(cosigned.length).toBeGreaterThan(0)
    const verifier = cosignatureVerifier(first.vkey)
    for (const { note } of cosigned) openNote(note, [verifier])
    cosigned.sort((one, other) => one.size - other.size)
    for (const [at, { size, note }] of cosigned.entries()) {
      const before = cosigned[at - 1]
      if (!before) continue
      const [fromRoot, toRoot] = [rootIn(before.note), rootIn(note)]
      const proof = forks[before.fork as 0 | 1].proof(before.size, size)
      expect(isConsistent({ from: before.size, fromRoot, to: size, toRoot, proof }), `${before.size} to ${size}`).toBe(true)
    }
    expect(new Set(cosigned.map(({ fork }) => fork)).size).toBe(1)
    expect((await first.state()).refused).toBeGreaterThan(0)
  })

  it('[PL-06] cosigns one of two histories where both reach it at one moment, for each of 50 logs, as two processes on one memory', async () => {
    const [one, two] = [await start(), await start()]
    const answers = await Promise.all(
      others.map(async (other) => {
        const forks = [logOf(other, 2, ' of one'), logOf(other, 2, ' of the other')] as const
        return Promise.all([one.ask(forks[0].request(0, 2)), two.ask(forks[1].request(0, 2))])
      }),
    )
    for (const pair of answers) expect(pair.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await one.state()).refused).toBe(others.length)
  })

  it('[PL-06] refuses to start with a key that others may read, or with a key whose memory is gone', async () => {
    const first = await start()
    first.stop()
    await first.ended
    chmodSync(join(folder, 'witness.key'), 0o644)
    await expect(start()).rejects.toThrow('mode 644')
    chmodSync(join(folder, 'witness.key'), 0o600)
    rmSync(join(folder, 'witness.db'))
    await expect(start()).rejects.toThrow('must not cosign again')
  })
})
