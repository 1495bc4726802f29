-- How far each consumer is, by source. The epoch grows when streams are released from parking, so that every process reads them anew.
create table checkpoints (
  consumer text not null,
  service text not null,
  shard smallint not null,
  position bigint not null default 0,
  epoch integer not null default 0,
  primary key (consumer, service, shard)
) with (fillfactor = 50);

-- Events that could not be handled, and what came behind them in the same stream. Only the reference is kept.
create table parked (
  consumer text not null,
  service text not null,
  shard smallint not null,
  position bigint not null,
  stream text not null,
  event_id text not null,
  type text not null,
  error text, -- null: waits behind another event of its stream
  tries integer not null,
  parked_at timestamptz not null default now(),
  skipped_at timestamptz,
  skipped_by text,
  reason text,
  primary key (consumer, service, shard, position)
);

-- Each built form of a view; its name is its schema and its consumer.
create table views (
  schema text primary key,
  name text not null,
  version integer not null,
  state text not null check (state in ('building', 'active', 'retired')),
  created_at timestamptz not null default now(),
  retired_at timestamptz
);
create unique index one_active_view on views (name) where state = 'active';

create table deadlines (
  name text not null,
  key text not null,
  due_at timestamptz not null,
  command jsonb not null,
  causation text not null,
  correlation text not null,
  try_at timestamptz not null,
  tries integer not null default 0,
  error text,
  primary key (name, key)
);
create index deadlines_next on deadlines (try_at);

create table relay_cursor (
  shard smallint primary key,
  position bigint not null default 0,
  epoch integer not null default 0,
  owner text,
  leased_until timestamptz not null default '-infinity'
) with (fillfactor = 50);
