-- Zipkin EE, schema version 1, MySQL 8, MariaDB 10.5 and later. What each table is for: docs/operating/sql.md.

CREATE TABLE IF NOT EXISTS zipkin_span (
  batch     BIGINT   NOT NULL,
  ord       INTEGER  NOT NULL,
  trace_low BIGINT   NOT NULL,
  dictionary INTEGER NOT NULL,
  data      MEDIUMBLOB    NOT NULL,
  PRIMARY KEY (batch, ord),
  KEY zipkin_span_trace (trace_low, batch)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS zipkin_batch (
  id            BIGINT  NOT NULL PRIMARY KEY,
  stored_millis BIGINT  NOT NULL,
  spans         INTEGER NOT NULL,
  bytes         BIGINT  NOT NULL,
  header        MEDIUMBLOB   NOT NULL,
  KEY zipkin_batch_stored (stored_millis, id, bytes)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS zipkin_term (
  bucket INTEGER NOT NULL,
  term   BIGINT  NOT NULL,
  batch  BIGINT  NOT NULL,
  spans  VARBINARY(1000)   NOT NULL,
  PRIMARY KEY (bucket, term, batch)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS zipkin_pending (
  batch         BIGINT NOT NULL PRIMARY KEY,
  stored_millis BIGINT NOT NULL,
  KEY zipkin_pending_stored (stored_millis)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS zipkin_name (
  id       BIGINT  NOT NULL PRIMARY KEY,
  kind     INTEGER NOT NULL,
  owner    BIGINT  NOT NULL,
  name     TEXT    NOT NULL,
  seen_day INTEGER NOT NULL,
  KEY zipkin_name_owner (kind, owner),
  KEY zipkin_name_seen (seen_day)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS zipkin_link (
  day_number INTEGER NOT NULL,
  parent_id  BIGINT  NOT NULL,
  child_id   BIGINT  NOT NULL,
  parent     TEXT    NOT NULL,
  child      TEXT    NOT NULL,
  calls      BIGINT  NOT NULL,
  errors     BIGINT  NOT NULL,
  seen_day   INTEGER NOT NULL,
  PRIMARY KEY (day_number, parent_id, child_id),
  KEY zipkin_link_seen (seen_day)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS zipkin_lease (
  name         VARCHAR(32) NOT NULL PRIMARY KEY,
  owner        VARCHAR(64) NOT NULL,
  until_millis BIGINT      NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
INSERT IGNORE INTO zipkin_lease SELECT 'links', '-', 0 FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM zipkin_lease WHERE name = 'links');
INSERT IGNORE INTO zipkin_lease SELECT 'retention', '-', 0 FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM zipkin_lease WHERE name = 'retention');

CREATE TABLE IF NOT EXISTS zipkin_dictionary (
  id             INTEGER NOT NULL PRIMARY KEY,
  created_millis BIGINT  NOT NULL,
  data           MEDIUMBLOB   NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Last, since it tells that all of the above is there.
CREATE TABLE IF NOT EXISTS zipkin_schema (
  version INTEGER NOT NULL PRIMARY KEY
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
INSERT IGNORE INTO zipkin_schema SELECT 1 FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM zipkin_schema WHERE version = 1);
