import type { Files, Opened } from '../../services/audit/src/log/files.ts'
import { headOf } from '../../services/audit/src/log/head.ts'
import { soleWriter } from '../../services/audit/src/log/lock.ts'
import { placesOf } from '../../services/audit/src/log/places.ts'
import { LogRefused } from '../../services/audit/src/log/refused.ts'
import { step } from '../../services/audit/src/log/sequencer.ts'
import { noteSigner } from '../../shared/src/evidence/note.ts'
import type { Random } from '../sample/random.ts'
import type { Weather } from './faults.ts'
import type { Place } from './place.ts'
import type { Scheduler } from './scheduler.ts'

/** Signs the simulated log: always the same key. */
export const signer = noteSigner('simulation.local/events', new Uint8Array(32).fill(7))

const lookMs = 1_000
const gatherMs = 250
const failedMs = 1_000
/** Few, so that a crash finds it between two steps. */
const most = 16

export type Sequencer = {
  readonly wake: () => void
  readonly waitsFor: (heads: ReadonlyMap<string, number>) => string[]
}

/** Takes the log on, step by step, as long as its process lives; as the audit service does it, without witnesses. */
export const runSequencer = (place: Place): Sequencer => {
  const heads = place.pool('audit_log')
  const parts = { signer, files: place.files, head: headOf(heads, signer.name), places: placesOf(place.pool('audit'), 'events'), most }
  const lock = soleWriter(heads)
  let size = 0
  let trouble: string | null = null
  let isWoken = true
  let rise = (): void => {}

  const turn = async (): Promise<boolean> => {
    try {
      const { signed, more, stopped } = await step(parts)
      size = signed.checkpoint.size
      place.shown(size, signed.checkpoint.root)
      trouble = stopped[0]?.fault ?? null
      return more
    } catch (error) {
      trouble = (error as Error).message
      if (error instanceof LogRefused) place.refused(trouble)
      await new Promise((resolve) => setTimeout(resolve, failedMs))
      return false
    }
  }
  const run = async (): Promise<void> => {
    for (;;) {
      isWoken = false
      if (await lock.hold()) {
        if (await turn()) continue
        await new Promise<void>((resolve) => {
          setTimeout(resolve, lookMs)
          rise = resolve
          if (isWoken) resolve()
        })
        await new Promise((resolve) => setTimeout(resolve, gatherMs))
      } else await new Promise((resolve) => setTimeout(resolve, lookMs))
    }
  }
  void run()
  return {
    wake: () => {
      isWoken = true
      rise()
    },
    waitsFor: (all) => {
      const facts = [...all.values()].reduce((sum, head) => sum + head, 0)
      return size === facts ? [] : [`the log has ${size} entries of ${facts} facts: ${trouble}`]
    },
  }
}

/** A disk whose calls take time, so that a process may end between any two of them, and fail now and then. */
export const slowFiles = (files: Files, scheduler: Scheduler, random: Random, weather: Weather): Files => {
  const slow =
    <Given extends unknown[], Result>(call: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      await scheduler.pause(random.share() * 3)
      if (random.share() < weather.disk) throw Object.assign(new Error('EIO: the disk'), { code: 'EIO' })
      return call(...given)
    }
  const slowFile = ({ write, sync, close }: Opened): Opened => ({ write: slow(write), sync: slow(sync), close })
  return {
    makeFolder: slow(files.makeFolder),
    create: slow(async (path) => slowFile(await files.create(path))),
    rename: slow(files.rename),
    syncFolder: slow(files.syncFolder),
    read: slow(files.read),
    list: slow(files.list),
    remove: slow(files.remove),
  }
}
