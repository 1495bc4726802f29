-- What was added to each of many streams since a version, in one call. The streams come joined by U+0001. idx: which of them, from 1 on.
create function newer_facts(streams_ text, after_ bigint[]) returns table (idx int, bytes text, sealed text)
language plpgsql stable
-- The lookups are by key, and planned once: whatever the statistics said at that time.
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
  return query
    select r.idx::int, e.bytes, e.sealed
    from unnest(string_to_array(streams_, E'\x01'), after_) with ordinality r(stream, after, idx)
    join events e on e.stream = r.stream and e.version > r.after
    order by r.idx, e.version;
end $$;
