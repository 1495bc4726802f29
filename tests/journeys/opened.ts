import { inHours, ok, type Scene } from './scene.ts'

const proposal = () => ({
  unit: 'north-su-tea',
  title: { en: 'Tea on the lawn', zh: '草坪茶会' },
  theme: 'Green tea',
  plan: 'Sit and drink',
  risks: 'Rain',
  budget: 1_000,
  major: false,
  venue: 'The lawn',
  startsAt: inHours(-0.5),
  endsAt: inHours(3),
  capacity: 10,
  openTo: 'campus',
  kind: 'tasting',
  organizers: ['officer'],
})
export type Proposal = ReturnType<typeof proposal>

export const proposalOf = (changes: Partial<Proposal> = {}): Proposal => ({ ...proposal(), ...changes })

/** An activity that is open for registration; resolves with its id. */
export const openedActivity = async (scene: Scene, changes: Partial<Proposal> = {}): Promise<string> => {
  const [officer, president] = [await scene.as('officer'), await scene.as('president')]
  const { id } = ok(await officer.post('/activities', proposalOf(changes)))
  ok(await president.post(`/activities/${id}/approval`))
  ok(await officer.post(`/activities/${id}/announcement`))
  ok(await officer.post(`/activities/${id}/registration`, { until: inHours(2) }))
  return id
}
