import { holders } from '../../../services/membership/src/holders.ts'

/** A way through an aggregate's life: commands in an order that leads somewhere, some with the person or the input that it takes. */
type Way = readonly { readonly name: string; readonly person?: string; readonly input?: unknown; readonly facts?: unknown; readonly minutes?: number }[]

const ways: Readonly<Record<string, Way>> = {
  activity: [
    { name: 'proposeActivity', person: 'p-1' },
    { name: 'approveActivity', person: 'p-4' },
    { name: 'announceActivity' },
    { name: 'openRegistration' },
    { name: 'recordSpending' },
    { name: 'holdActivity', minutes: 3_000 },
    { name: 'closeActivity' },
  ],
  meeting: [
    { name: 'callMeeting' },
    { name: 'askLeave' },
    { name: 'grantLeave' },
    { name: 'openMeeting' },
    { name: 'adoptResolution' },
    { name: 'closeMeeting' },
    { name: 'draftMinutes' },
    { name: 'approveMinutes' },
    { name: 'fileMinutes' },
  ],
  document: [{ name: 'draftDocument', person: 'p-1' }, { name: 'submitDocument', person: 'p-1' }, { name: 'approveDocument' }, { name: 'fileDocument' }],
  unit: [{ name: 'createUnit' }, { name: 'renameUnit' }, { name: 'mergeUnit' }],
  appointment: [
    { name: 'proposeAppointment', person: 'p-1' },
    { name: 'recommendAppointment', person: 'p-2' },
    { name: 'checkEligibility', person: 'p-3' },
    { name: 'fileObjection', person: 'p-2', minutes: 5 },
    { name: 'settleObjection', person: 'p-3', minutes: 5 },
    { name: 'takeEffect', minutes: 6_000 },
    { name: 'leavePost' },
  ],
  erasure: [
    { name: 'requestErasure', person: 'p-1' },
    { name: 'approveErasure', person: 'p-2' },
    { name: 'approveErasure', person: 'p-3' },
    ...holders.map((service) => ({ name: 'acknowledgeErasure', input: { service } })),
  ],
}

/** That of an aggregate, by its name; none where chance goes far enough. */
export const pathOf = (aggregate: string): Way => ways[aggregate] ?? []
