import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFaketime } from '../engines/faketime.ts'

/** The clocks of a run's programs, each by itself. */
export type Clocks = {
  /** `libfaketime`: of the whole program, whatever asks for the time. `JavaScript`: only what its own code hears of `Date`. */
  readonly by: 'libfaketime' | 'JavaScript'
  /** Whose clocks can be set wrong. */
  readonly of: readonly string[]
  /** What a program gets, so that its clock is one of these. */
  readonly environmentOf: (name: string) => Readonly<Record<string, string>>
  readonly set: (name: string, minutes: number) => void
  readonly close: () => void
}

/** Clocks of whole programs, Postgres too, where libfaketime is installed; else, or when told so, those of the services' own code. */
export const openClocks = (services: readonly string[], library: string | null = findFaketime()): Clocks => {
  // Postgres runs as a user of its own, and reads its file too.
  const dir = mkdtempSync(join(tmpdir(), 'collegium-clocks-'))
  chmodSync(dir, 0o755)
  const fileOf = (name: string): string => join(dir, name)
  // Nobody may read half of it: libfaketime ends a program whose file says nothing.
  const write = (name: string, text: string): void => {
    writeFileSync(`${fileOf(name)}.new`, text)
    renameSync(`${fileOf(name)}.new`, fileOf(name))
  }
  const of: readonly string[] = library === null ? services : [...services, 'postgres']
  const inSeconds = (minutes: number): string => `${minutes < 0 ? '' : '+'}${minutes * 60}\n`
  for (const name of of) write(name, inSeconds(0))
  return {
    by: library === null ? 'JavaScript' : 'libfaketime',
    of,
    environmentOf: (name) => {
      if (!of.includes(name)) return {}
      if (library === null) return { COLLEGIUM_FAULTS_CLOCK: fileOf(name) }
      // What only measures how long something takes does not jump on a real machine either.
      const settings = { FAKETIME_TIMESTAMP_FILE: fileOf(name), FAKETIME_CACHE_DURATION: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1' }
      return { LD_PRELOAD: library, NO_FAKE_STAT: '1', ...settings }
    },
    set: (name, minutes) => write(name, inSeconds(minutes)),
    close: () => rmSync(dir, { recursive: true, force: true }),
  }
}
