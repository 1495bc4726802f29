-- What was decided is only added to. The role that a service connects as may not change or remove facts at all; this is for whoever may (the
-- owner, somebody at the server): it is written down and stands in the server's log. Erasure alone takes texts out, by the function for it.
create table history_alarms (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  by text not null default session_user,
  what text not null,
  statement text not null
);

create function note_change_of_history() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_setting('collegium.erasing', true) = 'on' then return null; end if;
  insert into history_alarms (what, statement) values (tg_op, left(current_query(), 2000));
  raise warning 'history was changed: % on events by %', tg_op, session_user;
  return null;
end $$;
create trigger history_is_only_added_to after update or delete or truncate on events for each statement execute function note_change_of_history();

-- The owner's right, lent for this one thing.
alter function destroy_erased(text[]) security definer;
alter function destroy_erased(text[]) set search_path = public, pg_temp;
alter function destroy_erased(text[]) set collegium.erasing = 'on';
revoke execute on function destroy_erased(text[]) from public;
