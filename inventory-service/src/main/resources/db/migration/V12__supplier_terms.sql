-- How suppliers deliver, as supplier-service tells it: calendars, lead times and what was measured. Promises rest on it.
-- Facts of a supplier and of its items come by different keys and in any order, so no table refers to the other.

CREATE TABLE supplier_terms (
    supplier                      text COLLATE "C" PRIMARY KEY CHECK (supplier ~ '^[A-Za-z0-9._-]{1,64}$'),
    -- Version of the newest fact; older ones that come late are ignored.
    version                       bigint    NOT NULL CHECK (version > 0),
    active                        boolean   NOT NULL,
    -- 1 is Monday. Empty means all seven.
    working_weekdays              integer[] NOT NULL CHECK (cardinality(working_weekdays) BETWEEN 0 AND 7),
    closed_dates                  date[]    NOT NULL,
    -- What is needed waits so long for other needs before it is sent.
    send_delay_minutes            integer   NOT NULL CHECK (send_delay_minutes BETWEEN 0 AND 43200),
    -- A distribution is a count of lines and its steps: up to which percentile, how many days.
    lead_time_line_count          bigint    NOT NULL CHECK (lead_time_line_count >= 0),
    lead_time_percents            integer[] NOT NULL,
    lead_time_quantile_days       integer[] NOT NULL,
    lateness_line_count           bigint    NOT NULL CHECK (lateness_line_count >= 0),
    lateness_percents             integer[] NOT NULL,
    lateness_quantile_days        integer[] NOT NULL,
    CONSTRAINT supplier_terms_lead_time_steps CHECK (
        cardinality(lead_time_percents) = cardinality(lead_time_quantile_days)
        AND (lead_time_line_count > 0) = (cardinality(lead_time_percents) > 0)),
    CONSTRAINT supplier_terms_lateness_steps CHECK (
        cardinality(lateness_percents) = cardinality(lateness_quantile_days)
        AND (lateness_line_count > 0) = (cardinality(lateness_percents) > 0))
);

CREATE TABLE supplier_item_terms (
    sku                           text COLLATE "C" NOT NULL CHECK (sku ~ '^[A-Za-z0-9._/-]{1,64}$'),
    supplier                      text COLLATE "C" NOT NULL CHECK (supplier ~ '^[A-Za-z0-9._-]{1,64}$'),
    version                       bigint    NOT NULL CHECK (version > 0),
    -- Working days of the supplier; 0 when the offer says nothing.
    lead_time_days                integer   NOT NULL CHECK (lead_time_days BETWEEN 0 AND 3650),
    priority                      integer   NOT NULL,
    lead_time_line_count          bigint    NOT NULL CHECK (lead_time_line_count >= 0),
    lead_time_percents            integer[] NOT NULL,
    lead_time_quantile_days       integer[] NOT NULL,
    lateness_line_count           bigint    NOT NULL CHECK (lateness_line_count >= 0),
    lateness_percents             integer[] NOT NULL,
    lateness_quantile_days        integer[] NOT NULL,
    -- Who sells this item? Asked for every batch of decisions, by sku.
    PRIMARY KEY (sku, supplier),
    CONSTRAINT supplier_item_terms_lead_time_steps CHECK (
        cardinality(lead_time_percents) = cardinality(lead_time_quantile_days)
        AND (lead_time_line_count > 0) = (cardinality(lead_time_percents) > 0)),
    CONSTRAINT supplier_item_terms_lateness_steps CHECK (
        cardinality(lateness_percents) = cardinality(lateness_quantile_days)
        AND (lateness_line_count > 0) = (cardinality(lateness_percents) > 0))
);
