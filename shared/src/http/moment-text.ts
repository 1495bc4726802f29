import Type from 'typebox'
import type { Recorded } from '../aggregate.ts'
import { happenedBy } from '../happened.ts'
import { rejections } from '../rejection.ts'

const reject = rejections({
  'moment-elsewhere': {
    status: 400,
    en: 'The position {moment} is not one of {source}, where the facts of this record stand.',
    zh: '位置 {moment} 不属于本记录事实所在的 {source}。',
  },
  'moments-reversed': {
    status: 400,
    en: '{from} knows facts that {to} does not: the earlier moment comes first.',
    zh: '{from} 包含 {to} 所没有的事实：请先给出较早的时刻。',
  },
})

/** A moment in a record's life as one text. */
export const MomentText = Type.String({
  pattern: '^(\\d{1,15}|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z|[a-z]+/\\d{1,4}/\\d{1,15})$',
  description: 'A version (0 = before the first fact), a moment in UTC, as 2026-11-21T09:00:00.000Z, or a position, as volunteers/3/1042.',
})

/** Which of a record's facts (all of one stream, oldest first) had happened at a moment. Throws for a position of another source. */
export const factsAt = (facts: readonly Recorded[], moment: string): readonly Recorded[] => {
  if (/^\d+$/.test(moment)) return facts.filter((fact) => fact.version <= Number(moment))
  if (!moment.includes('/')) return happenedBy(facts, moment)
  const [service, shard, position] = moment.split('/') as [string, string, string]
  const [first] = facts
  if (first && (first.service !== service || first.shard !== Number(shard)))
    throw reject('moment-elsewhere', { moment, source: `${first.service}/${first.shard}` })
  return facts.filter((fact) => fact.position <= Number(position))
}

/** The facts up to `from`, and those that came about between it and `to`. Throws where `from` is the later one. */
export const factsBetween = (
  facts: readonly Recorded[],
  from: string,
  to: string,
): { readonly before: readonly Recorded[]; readonly between: readonly Recorded[]; readonly after: readonly Recorded[] } => {
  const [before, after] = [factsAt(facts, from), factsAt(facts, to)]
  const reached = new Set(after)
  if (before.some((fact) => !reached.has(fact))) throw reject('moments-reversed', { from, to })
  const known = new Set(before)
  return { before, between: after.filter((fact) => !known.has(fact)), after }
}
