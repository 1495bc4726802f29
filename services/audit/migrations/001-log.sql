-- The facts of all services on their way into the tamper-evident logs. A fact is taken together with the checkpoint that says so: exactly once.

-- entry: what the log says of it; leaf: the hash of that, which the stream's next entry carries. logs: which of them hold it, as events, reads.
-- fault: why it can have no entry (its stream does not continue); then its source stands still there, until a person has looked.
create table facts (
  service text collate "C" not null,
  shard smallint not null,
  position bigint not null,
  stream text collate "C" not null,
  version bigint not null,
  logs text[] not null,
  leaf text collate "C" not null,
  entry text not null,
  fault text,
  taken timestamptz not null default now(),
  primary key (service, shard, position)
);
create unique index facts_stream on facts (service, stream, version) where fault is null;
create index facts_leaf on facts using hash (leaf);

create table sources (
  service text collate "C" not null,
  shard smallint not null,
  primary key (service, shard)
);

-- The place of a fact in a log: given before anything is written to the log's files, and never changed. So files can be written again after
-- a break, always the same ones, and a database older than its log knows fewer places than the log has entries.
create table leaves (
  log text collate "C" not null,
  index bigint not null,
  service text collate "C" not null,
  shard smallint not null,
  position bigint not null,
  primary key (log, index),
  unique (log, service, shard, position)
);

-- How far each source has been given places.
create table cursors (
  log text collate "C" not null,
  service text collate "C" not null,
  shard smallint not null,
  position bigint not null,
  primary key (log, service, shard)
);
