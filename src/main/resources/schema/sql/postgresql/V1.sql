-- Zipkin EE, schema version 1, PostgreSQL 12 and later. What each table is for: docs/operating/sql.md.

CREATE TABLE IF NOT EXISTS zipkin_span (
  batch     BIGINT   NOT NULL,
  ord       INTEGER  NOT NULL,
  trace_low BIGINT   NOT NULL,
  dictionary INTEGER NOT NULL,
  data      BYTEA    NOT NULL,
  PRIMARY KEY (batch, ord)
);
CREATE INDEX IF NOT EXISTS zipkin_span_trace ON zipkin_span (trace_low, batch);

CREATE TABLE IF NOT EXISTS zipkin_batch (
  id            BIGINT  NOT NULL PRIMARY KEY,
  stored_millis BIGINT  NOT NULL,
  spans         INTEGER NOT NULL,
  bytes         BIGINT  NOT NULL,
  header        BYTEA   NOT NULL
);
CREATE INDEX IF NOT EXISTS zipkin_batch_stored ON zipkin_batch (stored_millis, id, bytes);

CREATE TABLE IF NOT EXISTS zipkin_term (
  bucket INTEGER NOT NULL,
  term   BIGINT  NOT NULL,
  batch  BIGINT  NOT NULL,
  spans  BYTEA   NOT NULL,
  PRIMARY KEY (bucket, term, batch)
);

CREATE TABLE IF NOT EXISTS zipkin_pending (
  batch         BIGINT NOT NULL PRIMARY KEY,
  stored_millis BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS zipkin_pending_stored ON zipkin_pending (stored_millis);

CREATE TABLE IF NOT EXISTS zipkin_name (
  id       BIGINT  NOT NULL PRIMARY KEY,
  kind     INTEGER NOT NULL,
  owner    BIGINT  NOT NULL,
  name     TEXT    NOT NULL,
  seen_day INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS zipkin_name_owner ON zipkin_name (kind, owner);
CREATE INDEX IF NOT EXISTS zipkin_name_seen ON zipkin_name (seen_day);

CREATE TABLE IF NOT EXISTS zipkin_link (
  day_number INTEGER NOT NULL,
  parent_id  BIGINT  NOT NULL,
  child_id   BIGINT  NOT NULL,
  parent     TEXT    NOT NULL,
  child      TEXT    NOT NULL,
  calls      BIGINT  NOT NULL,
  errors     BIGINT  NOT NULL,
  seen_day   INTEGER NOT NULL,
  PRIMARY KEY (day_number, parent_id, child_id)
);
CREATE INDEX IF NOT EXISTS zipkin_link_seen ON zipkin_link (seen_day);

CREATE TABLE IF NOT EXISTS zipkin_lease (
  name         VARCHAR(32) NOT NULL PRIMARY KEY,
  owner        VARCHAR(64) NOT NULL,
  until_millis BIGINT      NOT NULL
);
INSERT INTO zipkin_lease SELECT 'links', '-', 0 WHERE NOT EXISTS (SELECT 1 FROM zipkin_lease WHERE name = 'links');
INSERT INTO zipkin_lease SELECT 'retention', '-', 0 WHERE NOT EXISTS (SELECT 1 FROM zipkin_lease WHERE name = 'retention');

CREATE TABLE IF NOT EXISTS zipkin_dictionary (
  id             INTEGER NOT NULL PRIMARY KEY,
  created_millis BIGINT  NOT NULL,
  data           BYTEA   NOT NULL
);

-- Last, since it tells that all of the above is there.
CREATE TABLE IF NOT EXISTS zipkin_schema (
  version INTEGER NOT NULL PRIMARY KEY
);
INSERT INTO zipkin_schema SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM zipkin_schema WHERE version = 1);
