import { activity } from '../../services/activities/src/activity.ts'
import { assignDuty, duty } from '../../services/activities/src/duty.ts'
import { cancelRegistration, enrolment, registerForActivity } from '../../services/activities/src/enrolment.ts'
import type { Actor, Aggregate, Command } from '../../shared/src/aggregate.ts'
import type { Request } from '../../shared/src/handle.ts'
import { isRefusal } from '../../shared/src/outage.ts'
import type { Executed } from '../../shared/src/service.ts'
import type { Random } from '../sample/random.ts'
import type { Scheduler } from './scheduler.ts'

/** What a client knows of a command it sent: `unknown` = it never got an answer, and stopped asking. */
export type Sent = {
  readonly command: string
  readonly name: string
  readonly service: string
  outcome: 'unknown' | 'refused' | Executed
  tries: number
}

/** Sends a request to one of the processes of a service; rejects when none answers. */
export type Send = (service: string, request: Request) => Promise<Executed>

const staff = (person: string): Actor => ({ person, home: 'north', operator: true, scope: null, system: null })
const student = (person: string): Actor => ({ person, home: 'north', operator: false, scope: null, system: null })
const title = { en: 'Reading', zh: '读书' }
const patienceMs = 4_000

/**
 * The clients of one simulated world. Officers take activities from the proposal to the end; students register and cancel; every command is
 * written into the journal before it is sent, and sent again under the same id while nobody answers, or given up.
 */
export const clientsOf = (scheduler: Scheduler, random: Random, ids: () => string, send: Send) => {
  const journal: Sent[] = []
  const open: string[] = []
  let busy = 0
  let isHealed = false

  const say = async (aggregate: Aggregate, id: string | null, command: Command, input: object, actor: Actor): Promise<string | null> => {
    const commandId = ids()
    const name = Object.entries(aggregate.commands).find(([, each]) => each === command)?.[0] ?? ''
    const sent: Sent = { command: commandId, name, service: 'activities', outcome: 'unknown', tries: 0 }
    journal.push(sent)
    for (;;) {
      sent.tries += 1
      try {
        sent.outcome = await within(
          patienceMs,
          send('activities', { aggregate, command, id, input, actor, commandId, fingerprint: `${name} ${JSON.stringify(input)}` }),
        )
        return sent.outcome.id
      } catch (error) {
        if (isRefusal(error)) {
          sent.outcome = 'refused'
          return null
        }
        if (!isHealed && random.share() < 0.15) return null
        await scheduler.pause(20 + random.below(400))
      }
    }
  }
  const within = <T>(ms: number, answer: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      scheduler.after(ms, null, () => reject(new Error('nobody answers')))
      answer.then(resolve, reject)
    })
  const later = (ms: number): string => new Date(Date.now() + ms).toISOString()
  const run = (name: string, input: object): [Command, object] => [activity.commands[name] as Command, input]

  /** An officer's work: one activity, as far as it comes. */
  const officer = async (person: string): Promise<void> => {
    await scheduler.pause(random.below(800))
    const startsAt = later(1_500 + random.below(2_500))
    const id = await say(
      activity,
      null,
      ...run('proposeActivity', {
        ...{ unit: 'club', title, theme: 'Books', plan: 'Read.', risks: 'None.', budget: 1_000, major: false, venue: 'Hall', startsAt },
        ...{ endsAt: later(60_000), capacity: 1 + random.below(3), openTo: 'campus', kind: 'reading', organizers: [`organizer-${person}`] },
      }),
      staff(person),
    )
    if (id === null) return
    const waits = random.share() < 0.5 ? say(duty, null, assignDuty, dutyAbout(id, person), staff(person)) : null
    const decider = staff(`${person}-decider`)
    await say(activity, id, ...run('approveActivity', {}), decider)
    await say(activity, id, ...run('announceActivity', {}), decider)
    await say(activity, id, ...run('openRegistration', { until: later(30_000) }), decider)
    open.push(id)
    for (let spent = random.below(3); spent > 0; spent--)
      await say(activity, id, ...run('recordSpending', { amount: 1 + random.below(700), receipt: `r-${random.below(3)}` }), decider)
    if (random.share() < 0.5) await say(activity, id, ...run('openRegistration', { until: later(30_000), capacity: 2 + random.below(4) }), decider)
    if (random.share() < 0.2) return void (await say(activity, id, ...run('cancelActivity', { ground: 'Rain.' }), decider))
    await scheduler.pause(Math.max(0, Date.parse(startsAt) - Date.now()))
    await say(activity, id, ...run('holdActivity', {}), decider)
    if (random.share() < 0.3) await say(duty, null, assignDuty, dutyAbout(id, person), staff(person))
    await waits
    await say(activity, id, ...run('closeActivity', {}), decider)
  }
  const dutyAbout = (id: string, person: string): object => ({
    ...{ unit: 'club', title: 'Tell of it', owner: person, due: later(1_000 + random.below(6_000)) },
    fulfilledBy: { event: 'activities.activity-held.v1', about: id },
  })

  /** A student's: in and out of what is open. */
  const visitor = async (person: string): Promise<void> => {
    for (let turn = 0; turn < 4; turn++) {
      await scheduler.pause(300 + random.below(1_200))
      const about = open.length > 0 ? random.pick(open) : null
      if (about !== null) await say(enrolment, null, random.share() < 0.65 ? registerForActivity : cancelRegistration, { activity: about }, student(person))
    }
  }

  const start = (work: Promise<void>): void => {
    busy += 1
    void work.finally(() => {
      busy -= 1
    })
  }
  return {
    journal: journal as readonly Sent[],
    start: (officers: number, students: number): void => {
      for (let each = 0; each < officers; each++) start(officer(`officer-${each}`))
      for (let each = 0; each < students; each++) start(visitor(`student-${each}`))
    },
    isIdle: (): boolean => busy === 0,
    /** From now on nobody gives up. */
    heal: (): void => {
      isHealed = true
    },
  }
}
