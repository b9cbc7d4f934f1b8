// The tables, one numbered migration each. Rows are appended wherever possible, so that a million images leave
// no dead rows.

const FIRST = `
CREATE TABLE salience.run_set (
  id           int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  request_hash bytea NOT NULL UNIQUE CHECK (octet_length(request_hash) = 32),
  format       int NOT NULL CHECK (format >= 1),
  request      jsonb NOT NULL,
  state        text NOT NULL DEFAULT 'listing' CHECK (state IN ('listing', 'open', 'cancelled')),
  priority     int NOT NULL DEFAULT 0,
  next_n       int NOT NULL DEFAULT 0 CHECK (next_n >= 0),
  listed_after text,
  created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE salience.image (
  run_set int NOT NULL REFERENCES salience.run_set ON DELETE CASCADE,
  n       int NOT NULL CHECK (n >= 0),
  key     uuid NOT NULL,
  bytes   bigint NOT NULL CHECK (bytes >= 0),
  root    text NOT NULL CHECK (length(root) BETWEEN 1 AND 100),
  path    text NOT NULL CHECK (length(path) BETWEEN 1 AND 1024
            AND path !~ '(^|/)\\.\\.?(/|$)' AND path !~ '^/'),
  stamp   text NOT NULL CHECK (length(stamp) BETWEEN 1 AND 200),
  PRIMARY KEY (run_set, n),
  UNIQUE (run_set, key)
);
CREATE TABLE salience.worker (
  id         int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  host       text NOT NULL CHECK (length(host) <= 255),
  pid        int NOT NULL,
  device     text NOT NULL CHECK (length(device) <= 200),
  version    text NOT NULL CHECK (length(version) <= 100),
  started_at timestamptz NOT NULL DEFAULT now(),
  beat_at    timestamptz NOT NULL DEFAULT now(),
  ended_at   timestamptz
) WITH (fillfactor = 50);
CREATE TABLE salience.result (
  run_set  int NOT NULL,
  n        int NOT NULL,
  worker   int NOT NULL REFERENCES salience.worker,
  ended_at timestamptz NOT NULL DEFAULT now(),
  ms       int NOT NULL CHECK (ms >= 0),
  width    int CHECK (width BETWEEN 1 AND 100000),
  height   int CHECK (height BETWEEN 1 AND 100000),
  failure  text CHECK (failure ~ '^[a-z_]{1,40}$'),
  detail   text CHECK (length(detail) <= 2000),
  hash     bytea CHECK (octet_length(hash) = 32),
  masks    bytea,
  facts    jsonb,
  PRIMARY KEY (run_set, n),
  FOREIGN KEY (run_set, n) REFERENCES salience.image ON DELETE CASCADE,
  CHECK ((failure IS NULL) = (masks IS NOT NULL)),
  CHECK (failure IS NULL OR detail IS NOT NULL)
);
ALTER TABLE salience.result ALTER COLUMN masks SET STORAGE EXTERNAL;
CREATE INDEX result_failed ON salience.result (run_set, failure) WHERE failure IS NOT NULL;
CREATE TABLE salience.suspect (
  run_set int NOT NULL,
  n       int NOT NULL,
  deaths  int NOT NULL CHECK (deaths >= 1),
  PRIMARY KEY (run_set, n),
  FOREIGN KEY (run_set, n) REFERENCES salience.image ON DELETE CASCADE
);
CREATE TABLE salience.tally (
  run_set int NOT NULL REFERENCES salience.run_set ON DELETE CASCADE,
  worker  int NOT NULL REFERENCES salience.worker,
  minute  timestamptz NOT NULL,
  done    int NOT NULL,
  failed  int NOT NULL,
  busy_ms bigint NOT NULL,
  PRIMARY KEY (run_set, worker, minute)
) WITH (fillfactor = 50);
CREATE TABLE salience.event (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      timestamptz NOT NULL DEFAULT now(),
  run_set int REFERENCES salience.run_set ON DELETE CASCADE,
  worker  int REFERENCES salience.worker,
  kind    text NOT NULL CHECK (kind ~ '^[a-z_]{1,40}$'),
  detail  text NOT NULL CHECK (length(detail) <= 2000)
);`;

const MAPS = `
CREATE TABLE salience.map (
  run_set int NOT NULL,
  n       int NOT NULL,
  data    bytea NOT NULL,
  PRIMARY KEY (run_set, n),
  FOREIGN KEY (run_set, n) REFERENCES salience.image ON DELETE CASCADE
);
ALTER TABLE salience.map ALTER COLUMN data SET STORAGE EXTERNAL;`;

/** From nothing to the present schema; number 1 stands first. */
export const MIGRATIONS: readonly string[] = [FIRST, MAPS];

/** What is there before the first of them: the schema, and the list of those that were taken. */
export const GROUND = `
CREATE SCHEMA IF NOT EXISTS salience;
CREATE TABLE IF NOT EXISTS salience.migration (
  version  int PRIMARY KEY,
  taken_at timestamptz NOT NULL DEFAULT now(),
  salience text NOT NULL,
  queue    int NOT NULL
);`;
