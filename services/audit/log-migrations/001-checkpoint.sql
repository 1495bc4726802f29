-- The size and root that each log has signed, or was about to. In a database of its own: whoever restores the facts' database must not
-- restore this one with it, for it is what shows that the facts are older than their log.
create table checkpoints (
  origin text collate "C" primary key,
  size bigint not null,
  root bytea not null,
  moved timestamptz not null default now()
);
