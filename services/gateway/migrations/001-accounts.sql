-- Who may sign in. What a person may do is not here: that follows from their posts, which membership owns.
create table accounts (
  account text primary key,
  -- One account a person: nobody can open a second one to act as somebody else.
  person text not null unique,
  home text,
  operator boolean not null default false,
  password_hash text,
  opened_at timestamptz not null default now(),
  disabled_at timestamptz
);

-- Secrets are stored as SHA-256: a read of this database lets nobody in.
create table sessions (
  hash bytea primary key,
  account text not null references accounts on delete cascade,
  opened_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sessions_account on sessions (account);

create table tokens (
  id uuid primary key,
  account text not null references accounts on delete cascade,
  name text not null,
  hash bytea not null unique,
  permissions text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index tokens_account on tokens (account, id);
