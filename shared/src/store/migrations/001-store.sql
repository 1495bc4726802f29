-- The truth of one service. Positions are dense and in commit order per shard: whoever holds the shard's row is its only writer until
-- commit, so a reader never meets a hole. Not partitioned by position yet: it matters from some fifty million facts on (see docs/adr).

create table shards (
  shard smallint primary key,
  last_position bigint not null default 0
) with (fillfactor = 10);

create table streams (
  stream text primary key,
  version bigint not null
) with (fillfactor = 80);

-- bytes: the canonical JSON of the whole record, with digests in the place of personal texts. sealed: digest → key.ciphertext.
create table events (
  shard smallint not null,
  position bigint not null,
  stream text not null,
  version bigint not null,
  type text not null,
  bytes text not null,
  sealed text,
  primary key (shard, position),
  unique (stream, version)
);

create table commands (
  command uuid primary key,
  fingerprint text not null,
  stream text not null,
  version bigint not null,
  shard smallint not null,
  position bigint not null
);

-- A key a person, wrapped by the master key. Erasure deletes the row and the ciphertexts; digests and everything else stay.
create table person_keys (
  person text primary key,
  wrapped bytea not null
);

-- One call for many callers. Lists of text come joined by U+0001, which canonical JSON cannot hold: it is much cheaper than quoting
-- arrays of JSON. expected: a version, 0 = none yet, -1 = any, -2 = some. At most one request a stream in a call.
-- outcome: appended, repeated (the same command before: its answer), reused (same command, other fingerprint), conflict (version = actual).
create function append_batch(
  the_shard smallint,
  streams_ text, expected_ bigint[], counts_ int[], commands_ uuid[], fingerprints_ text,
  requests_ int[], ordinals_ int[], types_ text, heads_ text, middles_ text, sealed_ text
) returns table (request int, outcome text, version bigint, shard smallint, "position" bigint)
language plpgsql as $$
#variable_conflict use_column
declare
  base bigint;
begin
  -- The only lock. At READ COMMITTED the next statement sees what its last holder committed.
  select s.last_position into strict base from shards s where s.shard = the_shard for update;
  return query
  with asked as materialized (
    select r.idx::int as idx, r.stream, r.n, r.command, coalesce(r.fingerprint, '') as fingerprint, coalesce(st.version, 0) as current,
           c.fingerprint as earlier, c.version as earlier_version, c.shard as earlier_shard, c.position as earlier_position,
           case r.expected when -1 then true when -2 then st.version is not null else coalesce(st.version, 0) = r.expected end as fits
    from unnest(string_to_array(streams_, E'\x01'), expected_, counts_, commands_, string_to_array(fingerprints_, E'\x01'))
         with ordinality r(stream, expected, n, command, fingerprint, idx)
    left join streams st on st.stream = r.stream
    left join commands c on c.command = r.command
  ),
  accepted as materialized (
    select a.*, sum(a.n) over (order by a.idx) - a.n as before from asked a where a.earlier is null and a.fits
  ),
  shard_row as (
    update shards s set last_position = base + coalesce((select sum(a.n) from accepted a), 0) where s.shard = the_shard
  ),
  stream_rows as (
    insert into streams (stream, version) select a.stream, a.current + a.n from accepted a
    on conflict (stream) do update set version = excluded.version
  ),
  event_rows as (
    insert into events (shard, position, stream, version, type, bytes, sealed)
    select the_shard, base + a.before + e.ordinal, a.stream, a.current + e.ordinal, e.type,
           e.head || (base + a.before + e.ordinal)::text || e.middle || (a.current + e.ordinal)::text || '}', nullif(e.sealed, '')
    from unnest(requests_, ordinals_, string_to_array(types_, E'\x01'), string_to_array(heads_, E'\x01'), string_to_array(middles_, E'\x01'), string_to_array(sealed_, E'\x01'))
         as e(idx, ordinal, type, head, middle, sealed)
    join accepted a on a.idx = e.idx
  ),
  command_rows as (
    insert into commands (command, fingerprint, stream, version, shard, position)
    select a.command, a.fingerprint, a.stream, a.current + a.n, the_shard, base + a.before + a.n from accepted a
  )
  select q.idx,
         case when q.earlier is not null then case when q.earlier = q.fingerprint then 'repeated' else 'reused' end
              when a.idx is not null then 'appended' else 'conflict' end,
         coalesce(q.earlier_version, a.current + a.n, q.current),
         coalesce(q.earlier_shard, the_shard),
         coalesce(q.earlier_position, (base + a.before + a.n)::bigint)
  from asked q left join accepted a using (idx);
end $$;
