import { expect } from 'vitest'
import { services } from '../../infra/services.ts'
import { stateOf } from '../../shared/src/consume/view-state.ts'
import { openStore, type Store } from '../../shared/src/store/store.ts'
import { type House, password, shards } from '../kit/house.ts'
import { eventually, ok, type Scene, sceneOf } from './scene.ts'
import { holdActivity } from './steps/activity.ts'
import { appointOfficers } from './steps/appointment.ts'
import { assess } from './steps/assessment.ts'
import { fileSummary } from './steps/filing.ts'
import { importFederation } from './steps/import.ts'
import { meetPresidium } from './steps/meeting.ts'
import { answerSurvey } from './steps/survey.ts'
import { serveShifts } from './steps/volunteers.ts'

/** Every view of every service, with a title for a spec. */
export const everyView = services.flatMap(({ name, views }) => views.map((view) => ({ service: name, view, title: `${name}/${view.name}` })))

/** The stores of a house that does not run. */
export const storesOf = async (house: House): Promise<Map<string, Store>> => {
  const stores = new Map<string, Store>()
  for (const { name: service } of services)
    stores.set(service, await openStore({ service, pool: house.pool(service), shards, masterKey: house.masterKey, definitions: [], clock: () => '' }))
  return stores
}
/** Who was erased, as a service of the house has obeyed. */
export const erasedIn = async (house: House, service: string): Promise<Set<string>> =>
  new Set((await house.pool(service).query<{ person: string }>('select person from erased_persons')).rows.map(({ person }) => person))
/** History as a service reads it: its own facts open. */
export const replayAs = (stores: Map<string, Store>, reader: string) => (source: { service: string; shard: number }, after: number, limit: number) =>
  (stores.get(source.service) as Store).readShard(source.shard, after, limit, { open: source.service === reader })

/** Who is erased at the end of the story. */
export const gone = 'student-9'

/** Somebody who was there all the time wants to be forgotten. */
const erase = async ({ as }: Scene): Promise<void> => {
  ok(await (await as(gone)).post('/erasures', { person: gone, basis: 'consent-withdrawn' }))
  for (const guide of ['guide', 'guide-2']) ok(await (await as(guide)).post(`/erasures/${gone}/approval`))
  await eventually(
    async () => ok(await (await as('operator')).get(`/erasures/${gone}`)).state,
    (state) => expect(state.status).toBe('complete'),
  )
}

/** Views that do not show yet what history holds. */
const behind = async (house: House): Promise<string[]> => {
  const stores = await storesOf(house)
  const heads = new Map(await Promise.all([...stores].map(async ([service, store]) => [service, await store.heads()] as const)))
  const late = await Promise.all(
    everyView.map(async ({ service, view, title }) => {
      const { positions } = await stateOf(house.pool(service), view)
      return positions.some((at) => at.position < (heads.get(at.service)?.get(at.shard) ?? 0)) ? [title] : []
    }),
  )
  return late.flat()
}

/** Starts the house, tells the whole story in it, and ends it again. Gives the dashboards' last signed statement. */
export const tellStory = async (house: House): Promise<string> => {
  const scene: Scene = sceneOf({
    address: await house.start(),
    password,
    accounts: ['operator'],
    signIn: house.signIn,
    signedOut: () => {
      throw new Error('Nobody looks in here signed out')
    },
    form: 'embedded',
    restart: async () => {},
    stop: house.stop,
  })
  for (const step of [importFederation, appointOfficers, holdActivity, serveShifts, answerSurvey, meetPresidium, fileSummary, assess]) await step(scene)
  await erase(scene)
  const statement = await eventually(
    async () => ok(await (await scene.as('operator')).get('/dashboards-state')).note,
    (note) => expect(note).toContain('collegium-projection/v1'),
  )
  await eventually(
    () => behind(house),
    (views) => expect(views).toEqual([]),
  )
  await house.stop()
  return statement
}
