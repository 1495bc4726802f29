import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { percentile } from '../bench/figure.ts'
import { connections, loader, type Sent, type System } from './load.ts'

export type Overload = {
  /** Answers with success a second, of as many callers as bring the most. */
  readonly peak: number
  /** Requests a second that were really sent: 3 × peak, or what the connections took. */
  readonly offered: number
  readonly goodput: number
  readonly ratio: number
  /** Of the first class, the share that was answered with success. */
  readonly first: number
  readonly admittedP99: number
  readonly shed: number
  readonly shedP99: number
  /** Of those turned away, the share that were told when to come again. */
  readonly toldWhen: number
  readonly unanswered: number
  readonly recoverySeconds: number
}

/** What brings the most is tried. */
const callers = [32, 96, 160]
/** It has recovered when half the peak goes through for this long, nobody turned away, as quickly as ever. */
const calmMs = 500

/** Finds what a system can do, sends it three times as much for so many seconds, and then half of it until all goes through again. */
export const measureOverload = async (seconds: number): Promise<Overload> => {
  const { system, stop } = await startSystem()
  const load = loader(system)
  try {
    await load.closed(32, 2_000)
    const peakMs = Math.max(1_000, Math.min(seconds * 200, 10_000))
    let peak = 0
    for (const each of callers) peak = Math.max(peak, (good(await load.closed(each, peakMs)).length * 1_000) / peakMs)
    // The connections are there before, as a proxy's are: opening hundreds at once is another matter than asking.
    await load.closed(connections, 1_000)
    const under = await load.open(3 * peak, seconds * 1_000)
    const recoverySeconds = await recovery(load, peak / 2)
    const busy = under.filter((each) => each.kind !== 'first')
    const firsts = under.filter((each) => each.kind === 'first')
    const turnedAway = busy.filter((each) => [429, 503].includes(each.status))
    const offered = busy.length / seconds
    const goodput = good(busy).length / seconds
    return {
      peak,
      offered,
      goodput,
      ratio: goodput / peak,
      first: good(firsts).length / firsts.length,
      admittedP99: p99(good(busy)),
      shed: turnedAway.length,
      shedP99: turnedAway.length === 0 ? 0 : p99(turnedAway),
      toldWhen: turnedAway.length === 0 ? 1 : turnedAway.filter((each) => (each.retryAfter ?? 0) >= 1).length / turnedAway.length,
      unanswered: under.filter((each) => each.status === 0).length,
      recoverySeconds,
    }
  } finally {
    load.close()
    await stop()
  }
}

const good = (sent: readonly Sent[]): Sent[] => sent.filter((each) => each.status >= 200 && each.status < 300)
const p99 = (sent: readonly Sent[]): number =>
  percentile(
    sent.map((each) => each.took),
    0.99,
  )

const recovery = async (load: ReturnType<typeof loader>, perSecond: number): Promise<number> => {
  const began = performance.now()
  for (;;) {
    const windowBegan = performance.now()
    const window = await load.open(perSecond, calmMs)
    if (good(window).length === window.length && p99(window) < 500) return (windowBegan - began) / 1_000
    if (performance.now() - began > 60_000) return Number.POSITIVE_INFINITY
  }
}

const startSystem = async (): Promise<{ system: System; stop: () => Promise<void> }> => {
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(process.execPath, [fileURLToPath(new URL('./system.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  let text = ''
  const system = await new Promise<System>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      text += chunk
      const line = text.split('\n').find((each) => each.startsWith('{"address"'))
      if (line !== undefined) resolve(JSON.parse(line))
    })
    void ended.then(() => reject(new Error('The system ended before it was ready')))
  })
  return {
    system,
    stop: async () => {
      child.stdin.end()
      const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await ended
      clearTimeout(timer)
    },
  }
}
