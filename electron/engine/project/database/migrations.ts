// Brings a project file to the newest schema, one step per version, each in its own transaction.
// A file of a newer version is refused untouched.
import { AppError } from '../../../api/errors.ts';
import { checkSchema } from './schemaCheck.ts';
import { FIGURE_TABLES } from './figureSchema.ts';
import { RUN_FACTS } from './runFacts.ts';
import {
  APPLICATION_ID,
  CORRECTIONS,
  FIELDS_AND_NOTES,
  JOB_INTERRUPTIONS,
  LEAD,
  PARKED_AND_FACTS,
  REVIEW_COLUMNS,
  SCHEMA_1,
  STEADINESS,
} from './schema.ts';
import type { Store } from './store.ts';
import { ERRORS } from './storedError.ts';

/** Step n takes a file from user_version n to n + 1. Never edit a released step; add one. */
const STEPS: readonly ((store: Store) => void)[] = [
  (store) => store.execute(SCHEMA_1),
  (store) => store.execute(FIGURE_TABLES + REVIEW_COLUMNS),
  (store) => store.execute(JOB_INTERRUPTIONS),
  (store) => store.execute(PARKED_AND_FACTS),
  (store) => store.execute(STEADINESS),
  (store) => store.execute(FIELDS_AND_NOTES),
  (store) => store.execute(CORRECTIONS),
  (store) => store.execute(RUN_FACTS),
  (store) => store.execute(LEAD),
  (store) => store.execute(ERRORS),
];

export const NEWEST_VERSION = STEPS.length;

/** What kind of file this is. Throws when it is no project, one of a newer version or of another form. */
export function versionOf(store: Store): number {
  const version = Number(store.pragma('user_version'));
  const application = Number(store.pragma('application_id'));
  const tables = store.get<{ n: number }>('SELECT count(*) AS n FROM sqlite_schema')!.n;
  if (version === 0 && application === 0 && tables === 0) return 0;
  if (application !== APPLICATION_ID)
    throw new AppError(
      'PROJECT_DAMAGED',
      `This is a database of another program, not a Salience project: ${store.path}`,
    );
  if (version < 1)
    throw new AppError(
      'PROJECT_DAMAGED',
      `This is no sound project file: its version is ${version}, where 1 to ${NEWEST_VERSION} are known: ${store.path}`,
    );
  if (version > NEWEST_VERSION)
    throw new AppError(
      'PROJECT_TOO_NEW',
      `This project was saved by a newer Salience (format ${version}, this one reads up to ${NEWEST_VERSION}). Update Salience to open it; the file was not changed.`,
      { data: { version, newest: NEWEST_VERSION } },
    );
  checkSchema(store, (empty) => {
    for (const step of STEPS.slice(0, version)) step(empty);
  });
  return version;
}

/** Migrates in place; a no-op on the newest version. */
export function migrate(store: Store): void {
  let version = versionOf(store);
  if (version < NEWEST_VERSION && store.readOnly)
    throw new AppError(
      'PROJECT_READ_ONLY',
      `This project has an older format (${version}) and its file cannot be written. Copy it to a place that can be written and open the copy.`,
    );
  for (; version < NEWEST_VERSION; version += 1) {
    store.transaction(() => {
      STEPS[version]!(store);
      store.pragma(`application_id = ${APPLICATION_ID}`);
      store.pragma(`user_version = ${version + 1}`);
    });
  }
}
