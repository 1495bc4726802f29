import { documentFiled } from '@collegium/documents/events'
import { type AnyFact, type EventDefinition, idOf } from '@collegium/shared/aggregate.ts'
import { Id, OneOf } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import { activityClosed, activityHeld, meetingClosed, minutesFiled } from './events.ts'

/** A fact that may end a duty by itself, and the names under which a duty may wait for it. */
type Ending = { readonly definition: EventDefinition; readonly about: (event: AnyFact) => readonly string[] }

/** A document answers for what it is about, or, about nothing (a semester's plan or summary), for its issuer. */
const aboutDocument = ({ data }: AnyFact): readonly string[] =>
  data.about === null ? [`${data.kind}:${data.issuer}`] : [data.about.id, `${data.kind}:${data.about.id}`]
const aboutItself = (event: AnyFact): readonly string[] => [idOf(event)]

/** Every kind of fact that may end a duty. Another service's is added here and to `Fulfilment`, and nowhere else. */
export const endings: readonly Ending[] = [
  { definition: documentFiled, about: aboutDocument },
  { definition: activityHeld, about: aboutItself },
  { definition: activityClosed, about: aboutItself },
  { definition: meetingClosed, about: aboutItself },
  { definition: minutesFiled, about: aboutItself },
]

/** How a command says which fact ends a duty. */
export const Fulfilment = Type.Object(
  {
    event: OneOf(
      'documents.document-filed.v1',
      'activities.activity-held.v1',
      'activities.activity-closed.v1',
      'activities.meeting-closed.v1',
      'activities.minutes-filed.v1',
    ),
    about: Id,
  },
  {
    description: 'The fact that ends the duty without anybody’s word. `about` is an id; for documents also `kind:id` of what they are about, or `kind:issuer`.',
  },
)

/** A fact that has ended a duty: where it stands, and when it took effect. */
export type Evidence = { readonly type: string; readonly at: string; readonly service: string; readonly stream: string; readonly version: number }

export const evidenceOf = (event: AnyFact): Evidence => ({
  type: event.type,
  at: event.occurred,
  service: event.service,
  stream: event.stream,
  version: event.version,
})
