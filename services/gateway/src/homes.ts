import type { PeopleClient } from '@collegium/proto/collegium/membership/v1/people.ts'
import { ask } from '@collegium/shared/grpc/client.ts'

/** Asks membership which campus a person belongs to; null for somebody it does not know. The gateway asks for itself and shows nobody the answer. */
export const homesFrom =
  (people: PeopleClient) =>
  async (person: string): Promise<string | null> =>
    (await ask(people, 'cards', { persons: [person], fields: ['campus'] }, { deadlineMs: 2_000 })).cards[0]?.campus ?? null
