import { join } from 'node:path'
import { utf8 } from '@collegium/shared/evidence/bytes.ts'
import type { Signer } from '@collegium/shared/evidence/note.ts'
import type { Source } from '@collegium/shared/log.ts'
import { migrate } from '@collegium/shared/migrate.ts'
import type { Work, WorkParts } from '@collegium/shared/service.ts'
import { startHeartbeat } from '../heartbeat.ts'
import { cosign, isAlarm } from './cosigning.ts'
import { type Files, filesIn, writeForGood } from './files.ts'
import { headOf } from './head.ts'
import { intake } from './intake.ts'
import { soleWriter } from './lock.ts'
import { observeLogs } from './metrics.ts'
import type { Signed } from './notes.ts'
import { placesOf } from './places.ts'
import { LogRefused } from './refused.ts'
import { regainPlaces } from './regain.ts'
import { type Resumed, resumeSource } from './resume.ts'
import { type LogParts, type Step, step } from './sequencer.ts'
import { type LogSettings, readLogSettings } from './settings.ts'
import type { LogState } from './state.ts'

/** Entries of one step; more would only make each wait longer for its checkpoint. */
const most = 4_096
/** Facts gather for so long before they are written, unless they are so many; with what is written afterwards, they are published within a second. */
const gatherMs = 250
const gatherBelow = 1_024
/** The floor under wake-ups that another process cannot give. */
const lookMs = 1_000
const failedMs = 1_000
const refusedMs = 10_000
/** How long until what was not cosigned is asked for again. */
const cosignAgainMs = 5_000
const nothing = { added: 0, more: false }

type Log = { readonly parts: LogParts; readonly state: LogState; notBefore: number; latest: Signed | null; cosigning: Promise<void> | null; cosignedAt: number }

/** The work of the audit service: takes every fact, and writes the logs. `services` = whose facts. */
export const logsOf = async ({ pool, database, receipts, settings, clock, logger, metrics, log: facts }: WorkParts, services: readonly string[]) => {
  const config = readLogSettings(settings)
  const heads = database('log')
  await migrate(heads, new URL('../../log-migrations/', import.meta.url), 'log')
  const logs: Log[] = [...config.signers].map(([name, signer]) => {
    const places = placesOf(pool, name)
    const parts = { signer, files: filesIn(join(config.folder, name)), head: headOf(heads, signer.name), places, most }
    const state = { name, origin: signer.name, size: 0, cosigned: 0, trouble: null, isRefused: false, stopped: [], refusals: new Map(), waitingSeconds: 0 }
    return { parts, state, notBefore: 0, latest: null, cosigning: null, cosignedAt: 0 }
  })
  const lock = soleWriter(heads)
  let isOpen = true
  let isWoken = true
  let rise = (): void => {}
  const wake = (): void => {
    isWoken = true
    rise()
  }
  const pause = (ms: number, isLight: boolean): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      rise = () => {
        if (isLight || !isOpen) {
          clearTimeout(timer)
          resolve()
        }
      }
      if (!isOpen || (isLight && isWoken)) rise()
    })

  const failed = (log: Log, error: unknown): void => {
    const isRefused = error instanceof LogRefused
    const message = (error as Error).message
    if (log.state.trouble !== message)
      logger.error({ err: error, log: log.state.origin }, isRefused ? 'ALARM: the log does not go on' : 'the log could not be written; it is tried again')
    Object.assign(log.state, { trouble: message, isRefused })
    log.notBefore = performance.now() + (isRefused ? refusedMs : failedMs)
  }

  /** Asks for cosignatures of the latest, beside the writing; one at a time. */
  const cosignLatest = (log: Log): void => {
    const { latest, state, parts } = log
    if (latest === null || log.cosigning !== null || latest.checkpoint.size <= state.cosigned || performance.now() < log.cosignedAt) return
    log.cosigning = cosign({ ...parts, policy: config.policy, witnesses: config.witnesses }, latest)
      .then(({ isPublished, refusals }) => {
        for (const refusal of refusals) {
          const key = `${refusal.witness} ${refusal.status}`
          state.refusals.set(key, (state.refusals.get(key) ?? 0) + 1)
          logger[isAlarm(refusal) ? 'error' : 'warn'](
            { ...refusal, log: state.origin, note: latest.note },
            isAlarm(refusal) ? 'ALARM: a witness holds another history' : 'a witness did not cosign',
          )
        }
        if (isPublished) state.cosigned = latest.checkpoint.size
        else log.cosignedAt = performance.now() + cosignAgainMs
      })
      .catch((error) => {
        failed(log, error)
        log.cosignedAt = performance.now() + cosignAgainMs
      })
      .finally(() => {
        log.cosigning = null
        if (isOpen) cosignLatest(log)
      })
  }

  const turn = async (log: Log): Promise<Pick<Step, 'added' | 'more'>> => {
    if (performance.now() < log.notBefore) return nothing
    try {
      const { signed, added, more, stopped } = await step(log.parts)
      log.state.waitingSeconds = await log.parts.places.waitingSeconds()
      if (stopped.length > log.state.stopped.length) logger.error({ stopped, log: log.state.origin }, 'ALARM: a source stands still')
      Object.assign(log.state, { trouble: null, isRefused: false, stopped, size: signed.checkpoint.size })
      // The size −1 of a log that has never been cosigned lets an empty one be published too.
      if (log.latest === null) log.state.cosigned = -1
      log.latest = signed
      cosignLatest(log)
      return { added, more }
    } catch (error) {
      failed(log, error)
      return nothing
    }
  }

  const run = async (): Promise<void> => {
    while (isOpen) {
      isWoken = false
      if (!(await lock.hold())) {
        await pause(lookMs, false)
        continue
      }
      const steps = await Promise.all(logs.map(turn))
      const isBusy = steps.some(({ more }) => more)
      if (!isBusy) await pause(lookMs, true)
      // A step costs the same for one fact and for hundreds.
      if (isOpen && (isBusy || isWoken) && steps.every(({ added }) => added < gatherBelow)) await pause(gatherMs, false)
    }
  }

  let running: Promise<void> = Promise.resolve()
  let stopBeating = (): void => {}
  const stopObserving = observeLogs(metrics, () => logs.map((log) => log.state))
  return {
    consumers: [intake(services, wake)],
    folder: config.folder,
    receipts: {
      pool,
      clock,
      vkey: receipts.vkey,
      sizeOf: (origin: string): number | null => logs.find((log) => log.state.origin === origin)?.latest?.checkpoint.size ?? null,
    },
    proofs: { pool, folder: config.folder, policy: config.policy, signer: config.signers.get('events') as Signer },
    states: () => logs.map((log) => log.state),
    /** Null for a log that is not here; throws LogRefused. */
    regain: async (name: string): Promise<number | null> => {
      const log = logs.find(({ state }) => state.name === name)
      const head = await log?.parts.head.read()
      if (!log || !head) return null
      const regained = await regainPlaces({ pool, log: name, files: log.parts.files, head })
      log.notBefore = 0
      wake()
      return regained
    },
    /** Null for a source that does not stand still; throws LogRefused. */
    resume: async (source: Source, record: (resumed: Resumed) => Promise<void>): Promise<Resumed | null> => {
      const resumed = await resumeSource(pool, source, facts.replay, record)
      wake()
      return resumed
    },
    start: async (kernel) => {
      for (const { state } of logs) await filesIn(config.folder).makeFolder(state.name)
      await publishKeys(filesIn(config.folder), config, receipts.vkey)
      running = run()
      stopBeating = startHeartbeat(kernel, clock, logger)
    },
    close: async () => {
      isOpen = false
      stopBeating()
      stopObserving()
      rise()
      await running
      await Promise.all(logs.map((log) => log.cosigning))
      await lock.release()
      await heads.end()
    },
  } satisfies Work & Record<string, unknown>
}

export type Logs = Awaited<ReturnType<typeof logsOf>>

/** Beside the logs: by what keys they and the receipts are signed, and the policy that auditors get. */
const publishKeys = (files: Files, { signers, policyText }: LogSettings, receipts: string): Promise<void> =>
  writeForGood(files, [
    ['keys.json', utf8(`${JSON.stringify({ logs: [...signers.values()].map(({ vkey }) => vkey), receipts }, null, 2)}\n`)],
    ['policy', utf8(policyText)],
  ])
