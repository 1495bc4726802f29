-- Whose texts are destroyed here, for good. A row is made with the destruction, and nobody in it gets a key again.
create table erased_persons (
  person text primary key,
  unit text not null,
  -- The fact that ordered it: what the acknowledgement refers to.
  event text not null,
  correlation text not null,
  erased_at timestamptz not null default now(),
  texts integer not null default 0,
  acknowledged_at timestamptz
);

-- Every text of one event is sealed under one key; only events that hold some are in the index.
create function sealed_key(sealed text) returns text immutable strict parallel safe language sql as $$ select substring(sealed from '"key":"([0-9a-f-]{36})"') $$;
create index events_sealed_key on events (sealed_key(sealed)) where sealed is not null;

-- A key that is being used for a fact is held until that fact is stored; one that was destroyed meanwhile leaves no ciphertext behind.
create function keep_only_under_living_key() returns trigger language plpgsql as $$
begin
  perform from person_keys k where k.key_id = sealed_key(new.sealed)::uuid and k.destroyed_at is null for key share;
  if not found then new.sealed := null; end if;
  return new;
end $$;
create trigger sealed_under_living_key before insert on events for each row when (new.sealed is not null) execute function keep_only_under_living_key();

create function no_key_for_erased() returns trigger language plpgsql as $$
begin
  if exists (select from erased_persons e where e.person = new.person) then return null; end if;
  return new;
end $$;
create trigger no_key_for_erased before insert on person_keys for each row execute function no_key_for_erased();

-- Destroys the keys of erased people and every ciphertext under them; how many facts lost one. What stays: ids, times, digests. The mark of
-- a command whose input held such a text goes too: it is a hash over that input, and a short text can be guessed from its hash.
-- Doing it again does nothing, so it also cleans what a restored backup has brought back.
create function destroy_erased(persons text[]) returns integer language plpgsql as $$
declare
  keys text[];
  commands uuid[];
  gone integer;
begin
  -- No key is made while this runs: whoever waits here sees the erasure afterwards.
  lock table person_keys in share row exclusive mode;
  -- Waits for facts that are being stored under these keys.
  select array_agg(held.key_id::text) into keys from (select k.key_id from person_keys k where k.person = any (persons) order by k.key_id for update) held;
  update person_keys k set wrapped = null, destroyed_at = now() where k.key_id::text = any (keys) and k.destroyed_at is null;
  select array_agg((e.bytes::json ->> 'command')::uuid) into commands from events e where e.sealed is not null and sealed_key(e.sealed) = any (keys);
  update events e set fingerprint = 'erased' where e.command = any (commands) and e.fingerprint <> '';
  update events e set sealed = null where e.sealed is not null and sealed_key(e.sealed) = any (keys);
  get diagnostics gone = row_count;
  return gone;
end $$;
