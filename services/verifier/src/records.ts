import { toBase64, utf8 } from '@collegium/shared/evidence/bytes.ts'
import { sha256 } from '@collegium/shared/evidence/digest.ts'
import type { Entry } from '@collegium/shared/evidence/entry.ts'
import { canonical } from '@collegium/shared/store/canonical.ts'
import { type Fact, Unreadable } from './command.ts'
import type { Finding } from './findings.ts'

/** The digest under which a record stands in its log's entry, whatever way its JSON is written in. Throws Unreadable for what is no JSON. */
export const digestOfRecord = (text: string): string => digestOfJson(jsonOf(text))

const digestOfJson = (record: unknown): string => toBase64(sha256(utf8(canonical(record))))

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Unreadable(`JSON: ${(cause as Error).message}`)
  }
}

type Kept = {
  readonly name: string
  /** service/shard, and where it stands there. */
  readonly source: string
  readonly position: number
  readonly person: string | null
  readonly recorded: string
  readonly sealed: boolean
}

/**
 * Reads records, one a line, and looks for each in the log: `see` gets the log's entries. `mayBeNewer` = they were taken while the log went
 * on, and those behind its last entry of their source are not missed.
 */
export const recordsAgainst = async (lines: AsyncIterable<string>, { mayBeNewer = false } = {}) => {
  const open = new Map<string, Kept>()
  const found: Kept[] = []
  const reached = new Map<string, number>()
  for await (const line of lines) {
    if (line.trim() === '') continue
    const record = jsonOf(line)
    open.set(digestOfJson(record), keptOf(record))
  }
  return {
    see: ({ record, source, shard, position }: Entry): void => {
      const at = `${source}/${shard}`
      reached.set(at, Math.max(reached.get(at) ?? 0, Number(position)))
      const kept = open.get(record)
      if (!kept) return
      open.delete(record)
      found.push(kept)
    },
    facts: (): Fact[] => [{ code: 'records', values: { count: found.length, sealed: found.filter(({ sealed }) => sealed).length } }],
    /** What is not in the log, and what holds texts about a person from after the fact that erased them. */
    findings: (erased: ReadonlyMap<string, Entry>): Finding[] => [
      ...[...open.values()]
        .filter(({ source, position }) => !mayBeNewer || position <= (reached.get(source) ?? 0))
        .map(({ name }): Finding => ({ code: 'record-not-logged', where: name, values: {} })),
      ...found.flatMap(({ name, person, recorded, sealed }): Finding[] => {
        const erasure = person === null ? undefined : erased.get(person)
        return sealed && erasure && recorded > erasure.recorded ? [{ code: 'sealed-after-erasure', where: name, values: { person: person as string } }] : []
      }),
    ],
  }
}

const keptOf = (record: unknown): Kept => {
  const { service, shard, position, stream, version, recorded, data } = record as Readonly<Record<string, unknown>>
  const fields = Object.entries((data ?? {}) as Readonly<Record<string, unknown>>)
  const person = fields.find(([name, value]) => name === 'person' && typeof value === 'string')?.[1]
  const isSealed = (value: unknown): boolean => typeof value === 'object' && value !== null && typeof (value as { sealed?: unknown }).sealed === 'string'
  return {
    name: `${service}/${stream}/${version}`,
    source: `${service}/${shard}`,
    position: Number(position),
    person: typeof person === 'string' ? person : null,
    recorded: `${recorded}`,
    sealed: fields.some(([, value]) => isSealed(value)),
  }
}
