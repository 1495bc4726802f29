import type { Step } from './walk.ts'

/** What of an aggregate matters, said a second time and otherwise: from the facts alone, without its state. A rule tells what is broken. */
export type Rule = (steps: readonly Step[]) => string | null

type Said = { readonly data: any; readonly step: Step; readonly index: number }
/** The facts whose type ends so, in order; `service.` and `.v1` may be left out. */
export const said = (steps: readonly Step[], ...names: string[]): Said[] => {
  const found: Said[] = []
  let index = 0
  for (const step of steps)
    for (const { type, data } of step.events ?? []) {
      index += 1
      if (names.includes('*') || names.includes((type.split('.') as [string, string])[1])) found.push({ data, step, index })
    }
  return found
}

export const atMostOnce =
  (...names: string[]): Rule =>
  (steps) =>
    names.some((name) => said(steps, name).length > 1) ? `${names.join(', ')}: more than once` : null

/** Never twice about the same thing. */
export const onceEach =
  (name: string, key: (data: any) => unknown): Rule =>
  (steps) => {
    const keys = said(steps, name).map(({ data }) => JSON.stringify(key(data)))
    return new Set(keys).size === keys.length ? null : `${name}: twice about the same`
  }

/** What is closed stays closed: nothing follows these facts, but those that may. */
export const ends =
  (names: readonly string[], ...but: string[]): Rule =>
  (steps) => {
    const end = said(steps, ...names)[0]
    const late = said(steps, '*').filter(({ index }) => end !== undefined && index > end.index)
    const allowed = new Set(said(steps, ...but).map(({ index }) => index))
    // Facts of the same decision belong to the end.
    return late.some(({ index, step }) => step !== end?.step && !allowed.has(index)) ? `something followed ${names.join(' or ')}` : null
  }

export const countsUp =
  (name: string, number: (data: any) => number): Rule =>
  (steps) => {
    const numbers = said(steps, name).map(({ data }) => number(data))
    return numbers.every((each, index) => each === index + 1) ? null : `${name}: ${numbers.join(', ')} is not 1, 2, 3 …`
  }

/** Of those who came and went: nobody is in twice, never more than there is room for, and who waited longest comes first. */
export const seats =
  (into: string, wait: string, up: string, out: readonly string[], room: (step: Step) => number): Rule =>
  (steps) => {
    const seated = new Set<string>()
    const waiting: string[] = []
    for (const step of steps)
      for (const { type, data } of step.events ?? []) {
        const [, name] = type.split('.') as [string, string]
        const { person } = data
        if (name === into || name === up) {
          if (seated.has(person)) return `${person} has two seats`
          if (name === up && waiting[0] !== person) return `${person} came before ${waiting[0]}`
          if (name === up) waiting.shift()
          seated.add(person)
          if (seated.size > room(step)) return `${seated.size} have a seat of ${room(step)}`
        } else if (name === wait) {
          if (seated.has(person) || waiting.includes(person)) return `${person} waits twice, or beside a seat`
          waiting.push(person)
        } else if (out.includes(name)) {
          seated.delete(person)
          if (waiting.includes(person)) waiting.splice(waiting.indexOf(person), 1)
        }
      }
    return null
  }

/** Some decisions are nobody's about themselves. */
export const notBy =
  (name: string, who: (steps: readonly Step[], data: any) => readonly (string | null | undefined)[]): Rule =>
  (steps) => {
    const own = said(steps, name).find(({ data, step }) => who(steps, data).includes(step.actor.person))
    return own ? `${own.step.actor.person} decided ${name} in their own case` : null
  }

export const overlap = (one: { from: string; to: string }, other: { from: string; to: string }): boolean => one.from < other.to && other.from < one.to
