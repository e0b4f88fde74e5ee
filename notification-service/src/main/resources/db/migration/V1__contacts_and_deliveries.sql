-- How customers are reached: the only personal data of this service. A row without an address is a customer for whom
-- messages wait; the row is there so that "no contact yet" and "the contact came" lock each other.
CREATE TABLE contact (
  customer_id   text        PRIMARY KEY,
  email_address text,
  display_name  text        NOT NULL DEFAULT '',
  language_code text        NOT NULL DEFAULT '',
  time_zone     text        NOT NULL DEFAULT '',
  update_time   timestamptz NOT NULL
);

-- One row per fact, recipient and channel. No address and no text: ids, quantities and dates only.
CREATE TABLE delivery (
  sequence                 bigint      GENERATED ALWAYS AS IDENTITY,
  delivery_id              uuid        PRIMARY KEY,
  fact_id                  text        NOT NULL,
  kind                     text        NOT NULL,
  channel                  text        NOT NULL,
  customer_id              text        NOT NULL,
  order_id                 text        NOT NULL,
  state                    text        NOT NULL DEFAULT 'PENDING'
    CHECK (state IN ('PENDING', 'SENDING', 'ACCEPTED', 'BOUNCED', 'PARKED', 'NO_CONTACT', 'SUPERSEDED')),
  -- Derived from fact, recipient and channel: a repeated sending is recognisable.
  message_id               text        NOT NULL,
  -- What the message says, from which it is rendered when it is sent.
  content                  jsonb       NOT NULL,
  -- The latest date in the content.
  told_ship_by_date        date,
  language_code            text        NOT NULL DEFAULT '',
  template                 text        NOT NULL DEFAULT '',
  content_sha256           text        NOT NULL DEFAULT '',
  attempt_count            integer     NOT NULL DEFAULT 0,
  -- Attempts since it was last made due by hand: these are counted against the limit.
  round_attempt_count      integer     NOT NULL DEFAULT 0,
  -- How often it was sent again although the provider may have had it.
  possible_duplicate_count integer     NOT NULL DEFAULT 0,
  -- The last attempt ended without an answer.
  outcome_unknown          boolean     NOT NULL DEFAULT false,
  provider_answer          text        NOT NULL DEFAULT '',
  superseded_by            uuid,
  -- Follows the causal chain through all services.
  correlation_id           text        NOT NULL DEFAULT '',
  -- Counts what was published about it.
  version                  integer     NOT NULL DEFAULT 0,
  create_time              timestamptz NOT NULL,
  -- PENDING: when it is tried. SENDING: when whoever sends it is taken for dead.
  next_attempt_time        timestamptz,
  accepted_time            timestamptz,
  CHECK ((state IN ('PENDING', 'SENDING')) = (next_attempt_time IS NOT NULL)),
  CHECK (state <> 'ACCEPTED' OR (accepted_time IS NOT NULL AND content_sha256 <> ''))
)
-- Every row is updated twice soon after its insert.
WITH (fillfactor = 60);

-- One message per fact, recipient and channel, however often the fact is seen.
CREATE UNIQUE INDEX delivery_fact ON delivery (fact_id, customer_id, channel);
-- Listing, oldest first.
CREATE UNIQUE INDEX delivery_sequence ON delivery (sequence);
CREATE INDEX delivery_order ON delivery (order_id, sequence);
CREATE INDEX delivery_customer ON delivery (customer_id, sequence);
-- What is due.
CREATE INDEX delivery_due ON delivery (next_attempt_time, sequence) WHERE state IN ('PENDING', 'SENDING');
-- What stands before a message of the same order.
CREATE INDEX delivery_open ON delivery (order_id, sequence) WHERE state IN ('PENDING', 'SENDING');
-- What waits for a contact or a person.
CREATE INDEX delivery_waiting ON delivery (state, customer_id) WHERE state IN ('NO_CONTACT', 'PARKED', 'BOUNCED');
