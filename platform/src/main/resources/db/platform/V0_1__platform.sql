-- What every service needs beside its own tables. Forward only.

-- Answers of mutations, so that a repeated request gets the first answer (kept for 30 days).
create table request_log (
  caller text not null,
  request_id uuid not null,
  method text not null,
  fingerprint bytea not null,
  -- Null only inside the transaction that works on the request.
  response bytea,
  recorded_time timestamptz not null,
  primary key (caller, request_id)
);
create index request_log_recorded_time on request_log (recorded_time);

-- Facts in the order in which transactions drew numbers, which is not the order of their commits. Insert-only.
create table event (
  sequence_number bigint generated always as identity primary key,
  event_id uuid not null unique,
  key text not null,
  key_version bigint not null,
  schema_version integer not null,
  occurred_time timestamptz not null,
  recorded_time timestamptz not null,
  correlation_id text not null,
  causation_id text not null,
  traceparent text not null,
  payload_type text not null,
  payload bytea not null
);
-- Finds the newest fact of a key, which pruning keeps.
create index event_key on event (key, sequence_number);

-- Facts that have no position yet. Short-lived rows: vacuumed early, or the sequencer would wade through dead ones.
create table event_pending (
  sequence_number bigint primary key
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- The feed: committed facts in the one order in which everyone sees them, without gaps until pruning makes them.
create table event_position (
  position bigint primary key,
  sequence_number bigint not null unique
);

-- The end of the feed, its epoch, and who numbers at present. After a restore from a backup: set a new epoch, so that
-- consumers notice that positions which they have seen mean something else now.
create table feed_head (
  id smallint primary key check (id = 1),
  epoch text not null,
  position bigint not null check (position >= 0),
  lease_holder text not null default '',
  lease_until timestamptz,
  lease_term bigint not null default 0
) with (fillfactor = 50);
insert into feed_head (id, epoch, position) values (1, replace(gen_random_uuid()::text, '-', ''), 0);

-- How far the consumers of our feed have got; pruning waits for them.
create table feed_checkpoint (
  consumer text primary key,
  epoch text not null,
  position bigint not null check (position >= 0),
  reported_time timestamptz not null
) with (fillfactor = 50);

-- How far our own consumers have got in the feeds of others. It moves in the transaction of the effects.
create table consumer_checkpoint (
  consumer text primary key,
  -- Opaque; empty before the first event.
  cursor text not null default '',
  handled_count bigint not null default 0,
  lease_holder text not null default '',
  lease_until timestamptz
) with (fillfactor = 50);

-- Keys that wait because one of their events could not be handled, and the events that wait, in order.
create table parked_key (
  consumer text not null,
  key text not null,
  attempt_count integer not null,
  last_error text not null,
  next_attempt_time timestamptz not null,
  primary key (consumer, key)
);
create table parked_event (
  consumer text not null,
  key text not null,
  place bigint generated always as identity,
  event_id uuid not null,
  event bytea not null,
  primary key (consumer, key, place)
);

-- When each upkeep is due again.
create table housekeeping (
  name text primary key,
  next_time timestamptz not null
);

-- The service's time when time is simulated; one row, shared by the replicas.
create table simulated_clock (
  id smallint primary key check (id = 1),
  time timestamptz not null
) with (fillfactor = 50);

-- Held (as a row lock) by the replica that advances the clock.
create table simulated_clock_turn (
  id smallint primary key check (id = 1)
);
insert into simulated_clock_turn (id) values (1);
