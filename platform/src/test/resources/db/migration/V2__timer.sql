-- Due work of the tests.
create table timer (
  name text primary key,
  due_time timestamptz not null,
  done boolean not null default false,
  run_count integer not null default 0,
  run_time timestamptz
);
