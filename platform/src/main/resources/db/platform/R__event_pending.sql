-- Facts without a position live for milliseconds. By an index the sequencer would wade through the entries of all that
-- are gone (13 ms for the first row while a long queue was served); the table itself is a few pages that are read in one go.
-- Repeatable, for its version would have to lie between those of the service's own.
alter table event_pending drop constraint if exists event_pending_pkey;
