import type { Consumer } from '../../shared/src/consume/consumer.ts'

/** Notes each fact in the transaction of its checkpoint, in the order in which it takes effect. Nothing keeps it from noting one twice. */
export const probe = (services: readonly string[]): Consumer => ({
  name: 'probe',
  types: 'all',
  services,
  batch: 50,
  effects: (events) => async (tx) => {
    await tx.query({
      name: 'probe',
      text: 'insert into simulation_probe (service, shard, position, fact) select * from unnest($1::text[], $2::smallint[], $3::bigint[], $4::text[])',
      values: [events.map((each) => each.service), events.map((each) => each.shard), events.map((each) => each.position), events.map((each) => each.id)],
    })
  },
})

export const probeTable =
  'create table simulation_probe (place bigserial primary key, service text not null, shard smallint not null, position bigint not null, fact text not null)'
