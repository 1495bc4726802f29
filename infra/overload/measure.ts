import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { percentile } from '../bench/figure.ts'
import { connections, loader, type Sent, type System } from './load.ts'
import { systemMetrics } from './system-metrics.ts'

type Kinds = { readonly command: number; readonly read: number }
/** Cores in use: by what sends, and by the system's process. Postgres has what is left. */
type Cores = { readonly client: number; readonly system: number }

export type Overload = {
  /** Answers with success a second, of as many callers as bring the most: the mean of before and after. */
  readonly peak: number
  readonly peakBefore: number
  readonly peakAfter: number
  readonly peakOf: readonly { readonly callers: number; readonly goodput: number }[]
  /** Requests a second that were really sent: 3 × the peak before, or what the connections took. */
  readonly offered: number
  readonly goodput: number
  readonly ratio: number
  /** Of the first class, the share that was answered with success. */
  readonly first: number
  readonly firstP99: number
  readonly admittedP99: number
  readonly shed: number
  /** `full` and `pressure` are told at once, `late` after waiting in vain. */
  readonly reasons: Readonly<Record<string, number>>
  readonly shedP50: number
  readonly shedP99: number
  /** Of those turned away, the share that were told when to come again. */
  readonly toldWhen: number
  readonly unanswered: number
  readonly recoverySeconds: number
  /** What was done, a second, and at what cost, at the peak and at three times as much: who is turned away costs the sender too, on the same machine. */
  readonly done: { readonly peak: Kinds; readonly over: Kinds }
  readonly cores: { readonly peak: Cores; readonly over: Cores }
}

/** What brings the most is tried. */
const callers = [32, 96, 160]
/** It has recovered when half the peak goes through for this long, nobody turned away, as quickly as ever. */
const calmMs = 500

/**
 * Finds what a system can do, sends it three times as much for so many seconds, and then half of it until all goes through again. What it can do is
 * looked at before and after: it holds more by then, and a machine's speed drifts.
 */
export const measureOverload = async (seconds: number): Promise<Overload> => {
  const { system, stop } = await startSystem()
  const load = loader(system)
  try {
    await load.closed(32, 2_000)
    const peakMs = Math.max(1_000, Math.min(seconds * 200, 10_000))
    const tried: (Awaited<ReturnType<typeof weigh>> & { readonly callers: number })[] = []
    for (const each of callers) tried.push({ callers: each, ...(await weigh(system, () => load.closed(each, peakMs))) })
    const best = tried.reduce((most, each) => (each.goodput > most.goodput ? each : most)).callers
    // Looked at again: what was chosen for being the most was also the luckiest.
    const before = await weigh(system, () => load.closed(best, peakMs))
    // The connections are there before, as a proxy's are: opening hundreds at once is another matter than asking.
    await load.closed(connections, 1_000)
    let recoverySeconds = 0
    const over = await weigh(system, async () => {
      const sent = await load.open(3 * before.goodput, seconds * 1_000)
      recoverySeconds = await recovery(load, before.goodput / 2)
      return sent
    })
    const under = over.sent
    const again = await weigh(system, () => load.closed(best, peakMs))
    const peak = (before.goodput + again.goodput) / 2
    const busy = under.filter((each) => each.kind !== 'first')
    const firsts = under.filter((each) => each.kind === 'first')
    const turnedAway = busy.filter((each) => [429, 503].includes(each.status))
    const offered = busy.length / seconds
    return {
      peak,
      peakOf: tried.map(({ callers, goodput }) => ({ callers, goodput })),
      peakBefore: before.goodput,
      peakAfter: again.goodput,
      offered,
      goodput: over.goodput,
      ratio: over.goodput / peak,
      first: good(firsts).length / firsts.length,
      firstP99: p99(good(firsts)),
      admittedP99: p99(good(busy)),
      shed: turnedAway.length,
      reasons: over.reasons,
      shedP50: of(0.5, turnedAway),
      shedP99: p99(turnedAway),
      toldWhen: turnedAway.length === 0 ? 1 : turnedAway.filter((each) => (each.retryAfter ?? 0) >= 1).length / turnedAway.length,
      unanswered: under.filter((each) => each.status === 0).length,
      recoverySeconds,
      done: { peak: before.done, over: over.done },
      cores: { peak: before.cores, over: over.cores },
    }
  } finally {
    load.close()
    await stop()
  }
}

const good = (sent: readonly Sent[]): Sent[] => sent.filter((each) => each.status >= 200 && each.status < 300)
const of = (share: number, sent: readonly Sent[]): number =>
  sent.length === 0
    ? 0
    : percentile(
        sent.map((each) => each.took),
        share,
      )
const p99 = (sent: readonly Sent[]): number => of(0.99, sent)

/**
 * What a load brought a second, without the first class, and what that cost. A command is done when every view shows it: what readers are behind by
 * then counts among the time, or a short load would look like more than can be kept up.
 */
const weigh = async ({ address }: System, work: () => Promise<Sent[]>) => {
  const [before, cpu, began] = [await systemMetrics(address), process.cpuUsage(), performance.now()]
  const sent = await work()
  let after = await systemMetrics(address)
  while (after.behind > 0) {
    await sleep(20)
    after = await systemMetrics(address)
  }
  const [used, ms] = [process.cpuUsage(cpu), performance.now() - began]
  const served = good(sent)
  const perSecond = (kind: Sent['kind']): number => (served.filter((each) => each.kind === kind).length * 1_000) / ms
  const done: Kinds = { command: perSecond('command'), read: perSecond('read') }
  return {
    sent,
    done,
    goodput: done.command + done.read,
    cores: { client: (used.user + used.system) / 1_000 / ms, system: ((after.cpuSeconds - before.cpuSeconds) * 1_000) / ms },
    reasons: Object.fromEntries(Object.entries(after.shed).map(([reason, count]) => [reason, count - (before.shed[reason] ?? 0)])),
  }
}

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
