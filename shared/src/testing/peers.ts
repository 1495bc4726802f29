import { type DirectoryServer, DirectoryService } from '@collegium/proto/collegium/membership/v1/directory.ts'
import { type PeopleServer, PeopleService } from '@collegium/proto/collegium/membership/v1/people.ts'
import { aggregate, type EventDefinition } from '../aggregate.ts'
import type { Snapshot } from '../directory.ts'
import { personErased } from '../erasure/facts.ts'
import { answer, answerStream } from '../grpc/answer.ts'
import { latest } from '../grpc/latest.ts'
import type { Answers } from '../grpc/server.ts'
import { toProto } from '../grpc/snapshot.ts'
import { type Service, service } from '../service.ts'

/** The facts of others that a service listens to. */
const heard = ({ views, reactions, deadlines }: Service): EventDefinition[] =>
  [...views, ...reactions, ...deadlines].flatMap((each) => each.on.map(({ definition }) => definition))

/**
 * The other services, as far as the ones under test know them: those they listen to and those whose answers the spec gives. They decide
 * nothing; the spec feeds their facts.
 */
export const peersOf = (services: readonly Service[], answers: Readonly<Record<string, readonly Answers[]>>): Service[] => {
  const definitions = [...new Set([...services.flatMap(heard), personErased])]
  const ownerOf = ({ type }: EventDefinition): string => type.split('.')[0] as string
  const named = services.flatMap(({ views }) => views.flatMap(({ others }) => others?.services ?? []))
  const names = new Set([...definitions.map(ownerOf), ...named, ...Object.keys(answers)])
  for (const { name } of services) names.delete(name)
  return [...names].map((name) =>
    service({
      name,
      aggregates: [
        aggregate({
          name: `${name}-fact`,
          path: `/${name}-facts`,
          read: `${name}:read`,
          events: definitions.filter((each) => ownerOf(each) === name),
          initial: () => ({ status: 'none' }),
          evolve: (state) => state,
          commands: {},
        }),
      ],
      views: [],
      reactions: [],
      deadlines: [],
      ask: () => ({}),
      answers: () => answers[name] ?? [],
    }),
  )
}

/** What membership answers to others, from an organization that the spec makes up; `campuses` by person. */
export const membershipAnswers = (organization: Snapshot, campuses: Readonly<Record<string, string>>): Answers[] => {
  const directory: DirectoryServer = {
    current: answer(async () => ({ snapshot: toProto(organization) })),
    watch: answerStream(async function* (_request, { signal }) {
      for await (const snapshot of latest({ read: () => toProto(organization), onChange: () => () => {}, signal })) yield { snapshot }
    }),
  }
  const people: PeopleServer = {
    cards: answer(async ({ persons }) => ({
      cards: persons.flatMap((person) => (campuses[person] === undefined ? [] : [{ person, campus: campuses[person] }])),
    })),
  }
  return [
    { definition: DirectoryService, implementation: directory },
    { definition: PeopleService, implementation: people },
  ]
}
