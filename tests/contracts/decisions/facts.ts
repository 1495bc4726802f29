import fc, { type Arbitrary } from 'fast-check'
import { holders } from '../../../services/membership/src/holders.ts'
import { ids } from '../../kit/histories.ts'

/** What decisions are told by others, as a small world would tell it; and inputs whose parts must fit each other to get anywhere. */

const person = fc.constantFrom(...ids)
const instants = [0, 2, 5, 10, 20].map((day) => new Date(Date.parse('2026-09-01T00:00:00.000Z') + day * 86_400_000).toISOString())
const instant = fc.constantFrom(...instants)
const label = fc.constant({ en: 'Name', zh: '名' })
const mostly = (value: boolean): Arbitrary<boolean> => fc.boolean().chain((one) => fc.boolean().map((other) => (one || other ? value : !value)))

const activity = fc.record({
  status: fc.constantFrom('registering', 'registering', 'registering', 'announced', 'held', 'closed'),
  proposal: fc.constant({ startsAt: instants[0], endsAt: instants[4], openTo: 'campus', walkIns: false, budget: 100, organizers: ['p-1'], proposer: 'p-1' }),
  registration: fc.record({ capacity: fc.constant(2), until: fc.constant(instants[4]) }),
})
const evidence = fc.option(
  fc.record({
    type: fc.constant('activities.activity-held.v1'),
    at: instant,
    service: fc.constant('activities'),
    stream: fc.constant('activity-a'),
    version: fc.constant(1),
  }),
)
const enrolling = fc.record({ activity, eligible: mostly(true) })
const shift = fc.constant({ id: 'p-1', unit: 'p-2', status: 'open', activity: null, from: instants[0], to: instants[1], seats: 2 })
const near = fc.array(
  fc.record({ shift: fc.constant('other'), from: fc.constant(instants[0]), to: fc.constant('2026-09-01T01:00:00.000Z'), minutes: fc.constant(60) }),
  { maxLength: 1 },
)
const nearby = fc.record({ shift, near, timezone: fc.constant('Asia/Shanghai'), inside: mostly(false) })
const unit = fc.record({
  status: fc.constantFrom('active', 'active', 'active', 'dissolved'),
  kind: fc.constantFrom('federation', 'campus', 'union'),
  level: fc.constant(null),
  parent: fc.constant(null),
  timezone: fc.constant('UTC'),
})
const federation = fc.constant({ status: 'active', kind: 'federation', level: null, parent: null, timezone: 'UTC' })
const holds = fc.record({ holds: fc.constantFrom([], [], [], [{ ground: 'post-held', about: 'p-1', until: null }]), lastPostEnded: fc.constant(null) })
const measured = fc.option(fc.record({ value: fc.integer({ min: 0, max: 20 }), evidence: fc.constant([]) }))
const candidacy = fc.record({
  standing: fc.option(fc.nat(100)),
  goodStanding: mostly(true),
  discipline: fc.constant(0),
  postsNow: fc.nat(3),
  sameNow: fc.constant(0),
  sameEver: fc.nat(2),
  limits: fc.constantFrom([], ['appointment.posts.max']),
})

const facts: Readonly<Record<string, Arbitrary<unknown>>> = {
  'activity.holdActivity': fc.record({ attended: fc.nat(9) }),
  'enrolment.registerForActivity': enrolling,
  'enrolment.registerAtDesk': enrolling,
  'enrolment.cancelRegistration': enrolling,
  'enrolment.cancelAtDesk': enrolling,
  'enrolment.fillPlaces': enrolling,
  'attendance.checkInByCode': fc.record({
    activity,
    registered: mostly(true),
    code: fc.constantFrom('valid', 'valid', 'expired', 'wrong', 'another-activity'),
  }),
  'attendance.scanAttendance': fc.record({ activity, registered: mostly(true) }),
  'attendance.recordOfflineScan': fc.record({ activity, registered: mostly(true), key: fc.constant(null) }),
  'duty.remindOwner': fc.record({ happened: evidence }),
  'duty.escalateDuty': fc.record({ happened: evidence, superior: fc.option(person) }),
  'register.assignNumber': fc.record({ issuer: label }),
  'survey.openSurvey': fc.option(fc.constantFrom('held', 'closed', 'announced')),
  'roll.answerOnce': fc.record({ survey: fc.constant({ status: 'open', closesAt: instants[4], eligible: 'everyone' }), eligible: mostly(true) }),
  'answer.recordAnswer': fc.constant({ subject: { service: 'a', kind: 'b', id: 'c' }, questions: [{ id: 'p-1' }, { id: 'p-2' }] }),
  'assessment.openAssessment': fc.record({
    scheme: fc.constant({ unit: 'p-1', state: { subject: 'person', adopted: [1] } }),
    serves: mostly(true),
    belongs: fc.option(fc.constant({ owner: 'p-1', people: ['p-2'] })),
    isHere: mostly(true),
  }),
  'assessment.scoreAssessment': fc.record({
    criteria: fc.constant([
      { id: 'c-1', name: { en: 'A', zh: '甲' }, source: 'attendance', weight: 60, scale: { from: 0, to: 20 } },
      { id: 'c-2', name: { en: 'B', zh: '乙' }, source: 'duties', weight: 40, scale: { from: 10, to: 0 } },
    ]),
    measured: fc.record({ attendance: measured, duties: measured }),
    people: fc.constant(['p-2']),
  }),
  'unit.createUnit': fc.record({ parent: fc.option(unit), root: fc.constant(null) }),
  'unit.mergeUnit': fc.record({ into: unit, children: fc.constantFrom([], [], ['p-3']) }),
  'unit.dissolveUnit': fc.record({ children: fc.constantFrom([], [], ['p-3']) }),
  'post-kind.definePostKind': fc.oneof(federation, unit),
  'policy.setPolicy': fc.record({
    unit: fc.oneof(federation, fc.constant({ status: 'active', kind: 'campus', level: null, parent: 'fed', timezone: 'UTC' })),
    above: fc.option(fc.constant({ tighter: 'more', versions: [{ value: 3, from: instants[0] }] })),
  }),
  'term.defineTerm': fc.record({ unit: federation, others: fc.constantFrom([], [{ id: 'other', from: '2020-01-01', to: '2020-06-01' }]) }),
  'person.registerPerson': fc.record({
    campus: fc.oneof({ weight: 4, arbitrary: fc.constant({ status: 'active', kind: 'campus', level: null, parent: null, timezone: 'UTC' }) }, unit),
    college: fc.constantFrom(
      null,
      null,
      null,
      ...['college', 'university'].map((level) => ({ status: 'active', kind: 'union', level, parent: 'north', timezone: 'UTC' })),
    ),
    path: fc.constantFrom(['a-college', 'north'], ['a-college', 'elsewhere']),
  }),
  'appointment.proposeAppointment': fc.record({ unit: federation, kind: mostly(true), person: mostly(true) }),
  'appointment.checkEligibility': fc.option(candidacy, { freq: 9 }),
  'erasure.requestErasure': holds.chain((held) =>
    fc.record({ unit: fc.option(fc.constant('p-4'), { freq: 9 }), mayForOthers: mostly(true) }).map((who) => ({ ...held, ...who })),
  ),
  'erasure.checkHolds': holds,
  'erasure.approveErasure': holds,
  'erasure.reportOverdue': fc.constant(['p-4']),
  'shift.openShift': fc.record({ activity: fc.option(fc.record({ exists: mostly(true), status: fc.constantFrom('announced', 'cancelled') })) }),
  'roster.signUp': fc.record({ shift, clash: fc.constantFrom(null, null, null, { shift: 'other', from: instants[0], to: instants[1], minutes: 60 }) }),
  'roster.withdrawSignUp': fc.record({
    shift: fc.constant({ id: 'p-1', unit: 'p-2', status: 'open', activity: null, from: instants[4], to: instants[4], seats: 2 }),
  }),
  'stint.checkIn': fc.record({ shift, seated: mostly(true), elsewhere: fc.constantFrom(null, null, 'other') }),
  'stint.checkOut': fc.record({ shift }),
  'stint.confirmHours': nearby,
  'stint.enterHours': nearby,
  'stint.countersignHours': nearby,
  'stint.noteNoShow': fc.record({ shift, seated: mostly(true) }),
}
export const factsFor = (command: string): Arbitrary<unknown> => facts[command] ?? fc.constant(undefined)

const criteria = fc.constantFrom(
  [{ id: 'c-1', name: { en: 'A', zh: '甲' }, source: 'attendance', weight: 100, scale: { from: 0, to: 1 } }],
  [
    { id: 'c-1', name: { en: 'A', zh: '甲' }, source: 'attendance', weight: 60, scale: { from: 0, to: 1 } },
    { id: 'c-2', name: { en: 'B', zh: '乙' }, source: 'duties', weight: 40, scale: { from: 0, to: 1 } },
  ],
  [{ id: 'c-1', name: { en: 'A', zh: '甲' }, source: 'attendance', weight: 99, scale: { from: 0, to: 1 } }],
)
const duration = fc.constantFrom('2026-09-01T01:00:00.000Z', '2026-09-01T02:00:00.000Z', '2026-09-01T04:00:00.000Z')

const inputs: Readonly<Record<string, Arbitrary<unknown>>> = {
  'scheme.draftScheme': fc.record({ unit: person, name: label, subject: fc.constantFrom('activity', 'person'), criteria }),
  'scheme.reviseScheme': fc.record({ criteria }),
  'scheme.adoptScheme': fc.record({ revision: fc.integer({ min: 1, max: 4 }) }),
  'answer.recordAnswer': fc.record({
    survey: person,
    scores: fc.constantFrom({ 'p-1': 1, 'p-2': 5 }, { 'p-2': 3, 'p-1': 2 }, { 'p-1': 1 }, { 'p-1': 1, 'p-3': 2 }),
    comment: fc.constant(null),
  }),
  'activity.recordSpending': fc.record({ amount: fc.integer({ min: 1, max: 600 }), receipt: fc.constantFrom('r-1', 'r-2', 'r-3') }),
  'register.assignNumber': fc.record({ unit: fc.constant('p-1'), kind: fc.constant('notice'), year: fc.constant(2026), document: person }),
  'register.voidNumber': fc.record({ number: fc.integer({ min: 1, max: 5 }), ground: fc.constant('wrong') }),
  'enrolment.registerAtDesk': fc.record({ activity: fc.constant('a-1'), person }),
  'enrolment.cancelAtDesk': fc.record({ activity: fc.constant('a-1'), person }),
  'shift.openShift': fc.record(
    {
      ...{ unit: person, activity: person, title: label, category: fc.constant('community'), place: fc.constant('Hall') },
      // Mostly ahead; else over already, longer than a day allows, or ending before it begins; the same moment may be written in another zone.
      from: fc.constantFrom('2026-10-01T00:00:00.000Z', '2026-10-01T08:00:00.000+08:00', '2026-10-01T03:00:00.000Z', '2026-09-01T00:00:00.000Z'),
      to: fc.constantFrom(
        '2026-10-01T04:00:00.000Z',
        '2026-10-01T10:00:00.000Z',
        '2026-10-01T10:01:00.000Z',
        '2026-09-01T04:00:00.000Z',
        '2026-10-01T00:00:00.000Z',
      ),
      seats: fc.integer({ min: 1, max: 9 }),
    },
    { requiredKeys: ['unit', 'title', 'category', 'place', 'from', 'to', 'seats'] },
  ),
  'survey.openSurvey': fc.record(
    {
      ...{ unit: person, title: label },
      subject: fc.constantFrom({ service: 'activities', kind: 'activity', id: 'p-1' }, { service: 'membership', kind: 'activity', id: 'p-1' }),
      questions: fc.array(fc.record({ id: fc.constantFrom('q-1', 'q-2', 'q-3'), text: label }), { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: ['unit', 'title', 'subject'] },
  ),
  'person.registerPerson': fc.record(
    {
      ...{ person: fc.constant('p-1'), name: fc.constantFrom('Li', 'Qi'), number: fc.constantFrom('1', '2') },
      ...{ campus: fc.constantFrom('north', 'north', 'south'), college: fc.constant('a-college') },
    },
    { requiredKeys: ['person', 'name', 'number', 'campus'] },
  ),
  'stint.enterHours': fc.record({
    ...{
      shift: fc.constant('p-1'),
      person,
      from: fc.constant(instants[0]),
      to: duration,
      reason: fc.constant('was there'),
      evidence: fc.constant(['a photo']),
    },
  }),
  'document.fileDocument': fc.record({ year: fc.constant(2026), number: fc.integer({ min: 1, max: 9 }), label: fc.constant('通知〔2026〕1号') }),
  'activity.proposeActivity': fc.record({
    ...{ unit: person, title: label, theme: fc.constant('Books'), plan: fc.constant('Read.'), risks: fc.constant('None.'), kind: fc.constant('reading') },
    ...{ budget: fc.integer({ min: 0, max: 1_000 }), major: mostly(false), venue: fc.constant('Hall'), startsAt: fc.constant(instants[1]) },
    ...{ endsAt: fc.constant('2027-01-01T00:00:00.000Z'), capacity: fc.constant(2), openTo: fc.constant('campus') },
    organizers: fc.uniqueArray(fc.constantFrom('p-1', 'p-2'), { minLength: 1 }),
  }),
  'activity.openRegistration': fc.record({ until: fc.constantFrom('2026-12-01T00:00:00.000Z', '2026-12-02T00:00:00.000Z') }),
  'appointment.proposeAppointment': fc.record({ person: fc.constant('p-4'), kind: person, unit: person }),
  'appointment.settleObjection': fc.record({
    objection: fc.constantFrom('objection-1', 'objection-1', 'objection-2'),
    upheld: mostly(false),
    ground: fc.constant('no'),
  }),
  'policy.setPolicy': fc.record({
    ...{ name: fc.constant('notice.days'), unit: fc.constant('p-1'), value: fc.constantFrom(2, 3, 5) },
  }),
  'policy.followPolicy': fc.record({ value: fc.constantFrom(2, 3, 5), from: instant }),
  'import.advanceImport': fc.record({ section: fc.constantFrom('people', 'units'), done: fc.nat(20) }),
  'document.submitDocument': fc.record({ approvers: fc.uniqueArray(person, { minLength: 1, maxLength: 3 }) }),
  'erasure.acknowledgeErasure': fc.record({ service: fc.constantFrom(...holders, 'nobody') }),
}
export const inputFor = (command: string): Arbitrary<any> | undefined => inputs[command]
