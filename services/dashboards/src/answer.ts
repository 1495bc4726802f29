import { Label, orNull } from '@collegium/shared/schema.ts'
import Type from 'typebox'

/** What a dashboard answers. Null = nothing to say yet. */
const Count = Type.Number()
const Share = orNull(Type.Number({ description: 'From 0 to 1.' }))
const Mean = orNull(Type.Number())

const Figures = Type.Object({
  posts: Type.Object({ held: Count }),
  activities: Type.Object({ proposed: Count, approved: Count, held: Count, cancelled: Count }),
  attendance: Type.Object({ registered: Count, checkedIn: Count, share: Share }),
  meetings: Type.Object({ held: Count, present: Count, absent: Count, share: Share }),
  duties: Type.Object({ assigned: Count, open: Count, fulfilled: Count, escalated: Count, onTimeShare: Share }),
  documents: Type.Object({ filed: Count }),
  money: Type.Object({ budget: Count, spent: Count, share: Share, perHead: orNull(Type.Number()) }, { description: 'In fen.' }),
  satisfaction: Type.Object({ answers: Count, mean: Mean }),
  volunteering: Type.Object({ shifts: Count, signUps: Count, minutes: Count, noShows: Count }),
  assessment: Type.Object({ scored: Count, mean: Mean }),
})

const Evidence = Type.Object(
  {
    view: Type.String(),
    version: Type.Integer(),
    made: Type.String({ description: 'When this was stated; the figures themselves may be newer.' }),
    facts: Type.Integer({ description: 'How many facts of the log had been read.' }),
    positions: Type.String({ description: 'How far each source had been read: service/shard/position, joined by commas.' }),
    hash: Type.String({ description: 'The state hash (base64 of SHA-256) of all rows at these positions; an auditor folds the facts and compares.' }),
  },
  { description: 'What the figures rest on.' },
)

/** The same, signed: null until the first was made. */
export const StatementAnswer = Type.Object({
  evidence: orNull(Evidence),
  note: orNull(Type.String({ description: 'A signed note, as the verifier takes it.' })),
})

export const DashboardAnswer = Type.Object({
  subject: Type.String(),
  kind: Type.String(),
  name: orNull(Label),
  on: orNull(Type.String()),
  known: orNull(Type.String()),
  timezone: Type.String(),
  figures: Figures,
  children: Type.Array(Type.Object({ unit: Type.String(), kind: Type.String(), name: Label, figures: Figures })),
  weeks: Type.Array(Type.Object({ until: Type.String(), figures: Figures })),
  evidence: orNull(Evidence),
})
