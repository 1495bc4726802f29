import type { Actor } from '@collegium/shared/aggregate.ts'
import { idFrom } from '@collegium/shared/ids.ts'
import { run } from '@collegium/shared/reaction.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import { startOfDay } from '../day.ts'
import { advanceImport, finishImport, importing, startImport } from '../importing.ts'
import { people } from '../views/people.ts'
import type { File } from './file.ts'
import { zoneOf } from './outline.ts'
import { countsOf, type Step, stepsOf } from './steps.ts'

/** Commands under way at once: enough for the store to gather them into few appends. */
const together = 256
/** How often the progress is put on record. */
const recordEvery = 1024

export type Written = {
  readonly import: string
  readonly status: 'finished'
  readonly repeated: boolean
  readonly counts: Readonly<Record<string, number>>
  /** Of the import's own record, which holds the digest and the counts of the file. */
  readonly receipt: string | null
}

/**
 * Writes a sound file through own commands. Each command's id comes from the file's digest and its row, so that the same file again, also
 * after a crash halfway, continues where it stopped. What a first file says holds from the beginning of its first term.
 */
export const writeFile = async (kernel: Kernel, file: File, digest: string, actor: Actor): Promise<Written> => {
  const id = importId(digest)
  const { state } = await kernel.load(importing, id)
  const effective = state.status === 'unknown' ? effectiveOf(kernel, file) : state.effective
  const steps = stepsOf(file, effective)
  const counts = countsOf(steps)
  const acting: Actor = { ...actor, system: 'import' }
  const own = (key: string) => ({ actor: acting, commandId: idFrom(id, key), correlation: idFrom(id) })
  const done = new Map<string, number>()
  const finish = async () => (await kernel.execute(run(importing, finishImport, id, {}), own('finish'))).receipt()

  if (state.status === 'finished') return { import: id, status: 'finished', repeated: true, counts: state.rows, receipt: await finish() }
  await kernel.execute(run(importing, startImport, id, { unit: file.federation.id, digest, effective, rows: counts }), own('start'))
  for (const { section, commands } of steps)
    await inParallel(commands, async ({ key, command }) => {
      await kernel.execute(command, own(`${section} ${key}`))
      const sofar = (done.get(section) ?? 0) + 1
      done.set(section, sofar)
      if (sofar % recordEvery === 0) await kernel.execute(run(importing, advanceImport, id, { section, done: sofar }), own(`${section} at ${sofar}`))
    })
  const receipt = await finish()
  await shown(kernel, steps, file)
  return { import: id, status: 'finished', repeated: false, counts, receipt }
}

/** Works on all entries, a number of them at any time. The first failure ends it when those under way have ended. */
const inParallel = async <T>(entries: readonly T[], work: (entry: T) => Promise<void>): Promise<void> => {
  const waiting = entries.values()
  let failed: { error: unknown } | null = null
  const worker = async () => {
    for (const entry of waiting) {
      if (failed !== null) return
      await work(entry).catch((error: unknown) => {
        failed ??= { error }
      })
    }
  }
  await Promise.all(Array.from({ length: Math.min(together, entries.length) }, worker))
  if (failed !== null) throw (failed as { error: unknown }).error
}

export const importId = (digest: string): string => `import-${digest.slice(0, 32)}`

const effectiveOf = (kernel: Kernel, file: File): string => {
  const now = kernel.now()
  if (kernel.directory().root() !== null) return now
  const zone = zoneOf(file)
  return [now, ...(file.terms ?? []).map((term) => startOfDay(term.from, zone))].sort()[0] ?? now
}

/** Waits, a while, until the directory and the people show the file: whoever sent it will use them next. */
const shown = async (kernel: Kernel, steps: readonly Step[], file: File): Promise<void> => {
  const holdings = steps.filter((step) => step.section === 'offices').flatMap((step) => step.commands.map(({ key }) => key))
  const units = steps.filter((step) => step.section === 'units').flatMap((step) => step.commands.map(({ key }) => key))
  const persons = (file.people ?? []).map((row) => row.id)
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const directory = kernel.directory()
    const present = new Set(directory.snapshot.holdings.map((holding) => holding.id))
    if (!units.every((each) => directory.unit(each)) || !holdings.every((each) => present.has(each))) continue
    const [row] = await kernel.query<{ count: number }>(people, 'select count(*)::int as count from {person} where person = any($1)', [persons])
    if (row?.count === persons.length) return
  }
}
