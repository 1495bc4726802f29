-- A build that is not shown by itself when it has caught up, but when somebody says so.
alter table views add column held boolean not null default false;
