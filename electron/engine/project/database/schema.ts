// The tables of a project file. Masks are blobs of run lengths (maskBlob.ts); JSON is text.
// Wide columns stand last in a row, so that counting never reads them.

/** 'SalP' in ASCII: tells a project from any other SQLite file. */
export const APPLICATION_ID = 0x53616c50;

export const STATUS_CODES = { proposal: 0, accepted: 1, rejected: 2 } as const;
export const ORIGIN_CODES = { user: 0, model: 1, import: 2 } as const;
export const IMAGE_STATUS_CODES = {
  untouched: 0,
  proposals: 1,
  inProgress: 2,
  reviewed: 3,
} as const;

export const SCHEMA_1 = `
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE category(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  color TEXT NOT NULL,
  prompt TEXT NOT NULL,
  synonyms TEXT NOT NULL,
  kind TEXT NOT NULL,
  supercategory TEXT NOT NULL,
  threshold REAL,
  hotkey INTEGER,
  position INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0,
  extra TEXT NOT NULL
);

CREATE TABLE image(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  sort TEXT NOT NULL,
  width INTEGER NOT NULL DEFAULT 0,
  height INTEGER NOT NULL DEFAULT 0,
  orientation INTEGER NOT NULL DEFAULT 1,
  bytes INTEGER,
  mtime_ms REAL,
  hash TEXT,
  mark INTEGER NOT NULL DEFAULT 0,
  status INTEGER NOT NULL DEFAULT 0,
  accepted INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  proposals INTEGER NOT NULL DEFAULT 0,
  doubtful INTEGER NOT NULL DEFAULT 0,
  doubt REAL NOT NULL DEFAULT 0,
  found_nothing INTEGER NOT NULL DEFAULT 0,
  missing INTEGER NOT NULL DEFAULT 0,
  seen INTEGER NOT NULL DEFAULT 0,
  revision INTEGER NOT NULL DEFAULT 0,
  problem TEXT,
  extra TEXT
);
CREATE INDEX image_by_name ON image(sort, id, name);
CREATE INDEX image_by_status ON image(status, sort, id);
CREATE INDEX image_by_doubt ON image(doubt DESC, sort, id);
CREATE INDEX image_by_hash ON image(hash) WHERE hash IS NOT NULL;
CREATE INDEX image_totals ON image(status, missing, proposals, doubtful);

CREATE TABLE annotation(
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  image_id INTEGER NOT NULL REFERENCES image(id),
  category_id INTEGER NOT NULL REFERENCES category(id),
  status INTEGER NOT NULL,
  origin INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  box_x INTEGER NOT NULL,
  box_y INTEGER NOT NULL,
  box_w INTEGER NOT NULL,
  box_h INTEGER NOT NULL,
  area INTEGER NOT NULL,
  z REAL NOT NULL,
  locked INTEGER NOT NULL,
  crowd INTEGER NOT NULL,
  edited INTEGER NOT NULL,
  match REAL,
  margin REAL,
  doubtful INTEGER NOT NULL,
  doubt REAL NOT NULL,
  run_id TEXT,
  job_id TEXT,
  extra TEXT NOT NULL,
  mask BLOB NOT NULL
);
CREATE INDEX annotation_by_image ON annotation(image_id);
CREATE INDEX annotation_figures
  ON annotation(category_id, status, origin, edited, match, area, image_id, run_id);
CREATE INDEX annotation_by_doubt ON annotation(doubt DESC, seq) WHERE status = 0;
CREATE INDEX annotation_by_job ON annotation(job_id) WHERE job_id IS NOT NULL;

CREATE TABLE log(
  revision INTEGER PRIMARY KEY AUTOINCREMENT,
  tx_id TEXT NOT NULL UNIQUE,
  image_id INTEGER NOT NULL,
  step INTEGER NOT NULL,
  kind TEXT NOT NULL,
  target INTEGER,
  origin TEXT NOT NULL,
  gesture_id TEXT,
  client_id TEXT NOT NULL,
  at TEXT NOT NULL,
  label TEXT NOT NULL,
  changes BLOB
);
CREATE INDEX log_by_step ON log(step);
CREATE INDEX log_by_image ON log(image_id, revision);

CREATE TABLE run(
  id TEXT PRIMARY KEY,
  image_id INTEGER NOT NULL REFERENCES image(id),
  pack_id TEXT NOT NULL,
  pack_hash TEXT NOT NULL,
  at TEXT NOT NULL,
  summary TEXT NOT NULL
);
CREATE INDEX run_by_image ON run(image_id, at);

CREATE TABLE run_class(
  run_id TEXT NOT NULL,
  category_id INTEGER NOT NULL,
  threshold REAL NOT NULL,
  histogram BLOB NOT NULL,
  PRIMARY KEY(category_id, run_id)
) WITHOUT ROWID;

CREATE TABLE job(
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  owner TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  pack_hash TEXT,
  provider TEXT,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  busy_ms REAL NOT NULL DEFAULT 0,
  stage_ms TEXT NOT NULL DEFAULT '{}',
  class_names TEXT NOT NULL,
  request TEXT NOT NULL
);

CREATE TABLE job_item(
  job_id TEXT NOT NULL REFERENCES job(id),
  image_id INTEGER NOT NULL REFERENCES image(id),
  position INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  image_hash TEXT,
  proposals INTEGER NOT NULL DEFAULT 0,
  doubtful INTEGER NOT NULL DEFAULT 0,
  finished_at TEXT,
  code TEXT,
  message TEXT,
  PRIMARY KEY(job_id, image_id)
) WITHOUT ROWID;
CREATE INDEX job_item_by_outcome ON job_item(job_id, outcome, position);
CREATE INDEX job_item_by_image ON job_item(image_id, outcome);
`;

/** What review needs of the run behind a proposal; see review/looks.ts for the bytes. */
export const REVIEW_COLUMNS = `
ALTER TABLE annotation ADD COLUMN crf_change REAL;
ALTER TABLE run_class ADD COLUMN looks BLOB;
`;

/** How much neighbouring settings disagreed on a proposal. */
export const STEADINESS = `
ALTER TABLE annotation ADD COLUMN unsteady REAL;
`;

/** The class that came next inside a proposal's mask, as JSON. */
export const LEAD = `
ALTER TABLE annotation ADD COLUMN lead TEXT;
`;

/** ISO times at which the program ended under a running job, as JSON. */
export const JOB_INTERRUPTIONS = `
ALTER TABLE job ADD COLUMN interruptions TEXT NOT NULL DEFAULT '[]';
`;

/**
 * Unfinished work of an image as JSON, with the client that has it in hand; and what a step changed in
 * rows beside annotations (facts.ts), as JSON.
 */
export const PARKED_AND_FACTS = `
CREATE TABLE parked(
  id TEXT PRIMARY KEY,
  image_id INTEGER NOT NULL REFERENCES image(id),
  category_id INTEGER,
  holder TEXT NOT NULL,
  open_shape INTEGER NOT NULL,
  work TEXT NOT NULL
);
CREATE INDEX parked_by_image ON parked(image_id, open_shape);
ALTER TABLE log ADD COLUMN facts TEXT;
`;

/**
 * Fields of classes as JSON; what is said of an object as JSON (sparse, so that filters read an index
 * instead of rows with masks); tags as a JSON list and the note of an image.
 */
export const FIELDS_AND_NOTES = `
ALTER TABLE category ADD COLUMN fields TEXT NOT NULL DEFAULT '[]';
ALTER TABLE annotation ADD COLUMN details TEXT;
CREATE INDEX annotation_by_details ON annotation(image_id, category_id, status, details)
  WHERE details IS NOT NULL;
CREATE TABLE image_note(
  image_id INTEGER PRIMARY KEY REFERENCES image(id),
  tags TEXT NOT NULL,
  note TEXT NOT NULL,
  talk INTEGER NOT NULL
);
`;

/**
 * When an image was finished; how far settings fit its accepted masks, which can be made again; and what was found
 * in them, as JSON.
 */
export const CORRECTIONS = `
ALTER TABLE image ADD COLUMN reviewed_at TEXT;
UPDATE image SET reviewed_at = (SELECT max(at) FROM log WHERE log.image_id = image.id)
  WHERE status = 3;
CREATE TRIGGER image_reviewed AFTER UPDATE OF status ON image
WHEN NEW.status = 3 AND OLD.status <> 3 BEGIN
  UPDATE image SET reviewed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = NEW.id;
END;
CREATE TABLE correction_evidence(
  image_id INTEGER PRIMARY KEY,
  run_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  settings TEXT NOT NULL,
  scores TEXT NOT NULL
);
CREATE TABLE correction_fit(
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  images INTEGER NOT NULL,
  state TEXT NOT NULL,
  fit TEXT NOT NULL
);
`;
