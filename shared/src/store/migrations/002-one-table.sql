-- The head of a stream and the answer to a repeated command are found in the facts themselves: one row and three index entries a fact,
-- where a stream, a command and a fact were written before. A command's id stands at its last fact, whose version and position are its answer.

alter table events add column command uuid, add column fingerprint text;
update events e set command = c.command, fingerprint = c.fingerprint from commands c where c.shard = e.shard and c.position = e.position;
create unique index events_command on events (command) where command is not null;
drop function append_batch;
drop table commands;
drop table streams;

-- One call for many callers, also of several shards. Lists of text come joined by U+0001, which neither canonical JSON nor the names can
-- hold: it is much cheaper than quoting arrays of JSON. shards_: ascending; places_: each request's index in it. expected_: a version,
-- 0 = none yet, -1 = any, -2 = some. marks_: the command's fingerprint at its last event, else empty. At most one request a stream and a
-- command in a call. outcome: 0 appended, 1 repeated (the same command before: its answer), 2 reused (the same command with another
-- fingerprint), 3 conflict (version = the actual one).
create function append_batch(
  shards_ smallint[], places_ int[], streams_ text, expected_ bigint[], counts_ int[], commands_ uuid[], fingerprints_ text, -- one a request
  requests_ int[], ordinals_ int[], names_ text, types_ text, heads_ text, middles_ text, sealed_ text, marks_ text -- one an event
) returns table (outcome int, version bigint, shard smallint, "position" bigint)
language plpgsql
-- The lookups are by key, and planned once: whatever the statistics said at that time.
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  bases bigint[]; -- the last position of each of shards_
  outcomes int[]; versions bigint[]; found_in smallint[]; positions bigint[]; -- one a request; of an accepted one: version before, position after
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'append_batch must see what others have just committed: it runs at read committed only' using errcode = 'feature_not_supported';
  end if;

  -- The only locks, always in the same order. At READ COMMITTED the next statement sees what their last holder committed.
  select array_agg(held.last_position) into bases
  from (select s.last_position from shards s where s.shard = any (shards_) order by s.shard for update) held;
  if coalesce(array_length(bases, 1), 0) <> array_length(shards_, 1) then
    raise exception 'there are no shards % here', shards_;
  end if;

  select array_agg(d.outcome order by d.idx), array_agg(case d.outcome when 1 then d.earlier_version else d.current end order by d.idx),
         array_agg(coalesce(d.earlier_shard, shards_[d.place]) order by d.idx),
         array_agg(case d.outcome when 0 then bases[d.place] + d.upto else d.earlier_position end order by d.idx)
    into outcomes, versions, found_in, positions
  from (
    select j.*, sum(j.n) filter (where j.outcome = 0) over (partition by j.place order by j.idx rows unbounded preceding) as upto
    from (
      select r.idx, r.place, r.n, coalesce(head.version, 0) as current,
             c.version as earlier_version, c.shard as earlier_shard, c.position as earlier_position,
             case when c.command is not null then case when c.fingerprint = coalesce(r.fingerprint, '') then 1 else 2 end
                  when r.expected = -1 or r.expected = coalesce(head.version, 0) or (r.expected = -2 and head.version is not null) then 0
                  else 3 end as outcome
      from unnest(places_, string_to_array(streams_, E'\x01'), expected_, counts_, commands_, string_to_array(fingerprints_, E'\x01'))
           with ordinality r(place, stream, expected, n, command, fingerprint, idx)
      left join lateral (select e.version from events e where e.stream = r.stream order by e.version desc limit 1) head on true
      left join events c on c.command = r.command
    ) j
  ) d;

  if 0 = any (outcomes) then
    update shards s set last_position = reached.position
    from (select u.place, max(u.position) as position from unnest(places_, outcomes, positions) u(place, outcome, position) where u.outcome = 0 group by 1) reached
    where s.shard = shards_[reached.place];

    insert into events (shard, position, stream, version, type, bytes, sealed, command, fingerprint)
    select shards_[places_[e.idx]], positions[e.idx] - counts_[e.idx] + e.ordinal, e.name, versions[e.idx] + e.ordinal, e.type,
           e.head || (positions[e.idx] - counts_[e.idx] + e.ordinal) || e.middle || (versions[e.idx] + e.ordinal) || '}', nullif(e.sealed, ''),
           case e.ordinal when counts_[e.idx] then commands_[e.idx] end, case e.ordinal when counts_[e.idx] then coalesce(e.mark, '') end
    from unnest(requests_, ordinals_, string_to_array(names_, E'\x01'), string_to_array(types_, E'\x01'), string_to_array(heads_, E'\x01'),
                string_to_array(middles_, E'\x01'), string_to_array(sealed_, E'\x01'), string_to_array(marks_, E'\x01'))
         as e(idx, ordinal, name, type, head, middle, sealed, mark)
    where outcomes[e.idx] = 0;
  end if;

  return query select u.o, case u.o when 0 then u.v + u.n else u.v end, u.s, u.p from unnest(outcomes, versions, found_in, positions, counts_) as u(o, v, s, p, n);
end $$;
