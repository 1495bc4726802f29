import { markIn } from './commands.ts'
import { type Finding, finding } from './finding.ts'
import { placeOf, type Stored } from './history.ts'
import type { Entry } from './journal.ts'

/** The facts that each mark made, by type and mark. */
const effectsOf = (history: readonly Stored[]): Map<string, Stored[]> => {
  const effects = new Map<string, Stored[]>()
  for (const fact of history) {
    const mark = markIn(fact.type, fact.record.data)
    if (mark === null || mark === undefined) continue
    const key = `${fact.type} ${mark}`
    effects.set(key, [...(effects.get(key) ?? []), fact])
  }
  return effects
}

/** The journal against history: what was acknowledged happened once and where it was said, what was refused did not, what is unknown at most once. */
export const checkCommands = (journal: readonly Entry[], history: readonly Stored[]): Finding[] => {
  const effects = effectsOf(history)
  return journal.flatMap((entry) => {
    const made = effects.get(`${entry.fact} ${entry.mark}`) ?? []
    const where = made.map(placeOf).join(', ')
    const broken = (kind: Finding['kind'], what: string): Finding[] => [finding(kind, `${name} ${what}`, entry.number)]
    const name = `${entry.kind} ${entry.mark} (command ${entry.command})`
    if (made.length > 1) return broken('doubled', `happened ${made.length} times: ${where}`)
    const [fact] = made
    if (fact && fact.record.command !== entry.command) return broken('doubled', `happened as another command ${fact.record.command}, at ${where}`)
    if (entry.answer === 'refused' && fact) return broken('effect-of-refused', `was refused and happened at ${where}`)
    if (entry.answer !== 'acknowledged') return []
    if (!fact) return broken('lost', `was acknowledged at ${entry.position} and is not in history`)
    if (!sits(fact, history, entry)) return broken('lost', `was acknowledged at ${entry.position} and stands at ${where}`)
    return []
  })
}

/** The position that was acknowledged is that of the command's last fact. */
const sits = (fact: Stored, history: readonly Stored[], entry: Entry): boolean =>
  placeOf(fact) === entry.position ||
  history.some((each) => placeOf(each) === entry.position && each.record.command === entry.command && each.stream === fact.stream)

/** What the system does by itself, once for each fact that asks for it: a number and a filing for each approval, an end for each shift. */
export const checkReactions = (history: readonly Stored[]): Finding[] => {
  const of = (type: string, field: string): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const { type: each, record } of history) if (each === type) counts.set(record.data[field], (counts.get(record.data[field]) ?? 0) + 1)
    return counts
  }
  const pairs = [
    { cause: of('documents.document-approved.v1', 'document'), effect: of('documents.number-assigned.v1', 'document'), what: 'number of the document' },
    { cause: of('documents.document-approved.v1', 'document'), effect: of('documents.document-filed.v1', 'document'), what: 'filing of the document' },
    { cause: of('volunteers.shift-opened.v1', 'shift'), effect: of('volunteers.shift-closed.v1', 'shift'), what: 'end of the shift' },
  ]
  return pairs.flatMap(({ cause, effect, what }) =>
    [...new Set([...cause.keys(), ...effect.keys()])].flatMap((id) => {
      const times = effect.get(id) ?? 0
      if (times > (cause.get(id) ?? 0)) return [finding('doubled', `${what} ${id} happened ${times} times, for ${cause.get(id) ?? 0} facts that ask for it`)]
      return times < (cause.get(id) ?? 0) ? [finding('delivery', `${what} ${id} did not happen`)] : []
    }),
  )
}
