// What a step changes beside annotations: classes, settings, figures of a run, unfinished work. A fact holds
// the columns of one row that differ before and after, so that undo puts back what the step changed and
// nothing that somebody else has changed since.
import { AppError } from '../../../api/errors.ts';
import type { ImageId, Origin } from '../../../api/types.ts';
import type { LogMark } from './history.ts';
import type { SqlValue, Store } from '../database/store.ts';

/** Tables that steps may change, with the columns that name a row. */
const KEYS = {
  category: ['id'],
  image_note: ['image_id'],
  meta: ['key'],
  parked: ['id'],
  run: ['id'],
  run_class: ['category_id', 'run_id'],
} as const;

export type FactTable = keyof typeof KEYS;
/** A row by its key, in the order of the table's key columns. */
export type RowName = readonly [table: FactTable, ...key: SqlValue[]];
type Cells = { readonly [column: string]: SqlValue };

export interface Fact {
  readonly row: RowName;
  /** Changed columns; all of them where the row came or went. Null = there was no such row. */
  readonly before: Cells | null;
  readonly after: Cells | null;
}

/** Does the work and tells what it changed in the rows that are named. */
export function watched(store: Store, rows: readonly RowName[], work: () => void): Fact[] {
  const before = rows.map((row) => readRow(store, row));
  work();
  return rows.flatMap((row, index) => {
    const fact = difference(row, before[index] ?? null, readRow(store, row));
    return fact ? [fact] : [];
  });
}

/** Puts facts back (or brings them again) where the rows still hold what the step left; the facts that did. */
export function turnFacts(store: Store, facts: readonly Fact[], kind: 'undo' | 'redo'): Fact[] {
  const turned = facts.map(({ row, before, after }) =>
    kind === 'undo' ? { row, before: after, after: before } : { row, before, after },
  );
  return turned.filter((fact) => {
    const fits = holds(readRow(store, fact.row), fact.before, fact.after);
    if (fits) writeRow(store, fact.row, fact.after);
    return fits;
  });
}

export interface FactStep {
  /** Where the step was taken; 0 = on no image. */
  readonly imageId: ImageId;
  readonly label: string;
  readonly origin: Origin;
  readonly facts: readonly Fact[];
  /** Of annotations that changed in the same step; 0 = none did. */
  readonly step: number;
  readonly turn?: { readonly kind: 'undo' | 'redo'; readonly target: number };
}

/** Logs facts as a step of their own or as a part of one. */
export function logFacts(
  store: Store,
  { imageId, label, origin, facts, step, turn }: FactStep,
  context: { readonly clientId: string; readonly at: string; readonly newId: () => string },
): LogMark {
  const kind = turn?.kind ?? 'do';
  const target = turn?.target ?? null;
  const { lastId: revision } = store.run(
    `INSERT INTO log(tx_id, image_id, step, kind, target, origin, gesture_id, client_id, at, label, changes, facts)
     VALUES (?, ?, 0, ?, ?, ?, NULL, ?, ?, ?, NULL, ?)`,
    context.newId(),
    imageId,
    kind,
    target,
    origin,
    context.clientId,
    context.at,
    label,
    encodeFacts(facts),
  );
  store.run('UPDATE log SET step = ? WHERE revision = ?', step || revision, revision);
  // As after an edit: an image with a step of its own stays in the project although its file goes.
  if (imageId > 0) store.run('UPDATE image SET revision = ? WHERE id = ?', revision, imageId);
  return { revision, step: step || revision, kind, target, clientId: context.clientId };
}

/** Bytes of a cell are written as `{ "hex": ... }`. */
function encodeFacts(facts: readonly Fact[]): string {
  return JSON.stringify(facts, (_, value: unknown) => {
    if (isByteRecord(value)) return { hex: Buffer.from(value.data).toString('hex') };
    return value instanceof Uint8Array ? { hex: Buffer.from(value).toString('hex') } : value;
  });
}

/** Throws PROJECT_DAMAGED; names of tables and columns go into SQL, so they are checked. */
export function decodeFacts(text: string): Fact[] {
  try {
    const facts = JSON.parse(text, (_, value: unknown) =>
      typeof value === 'object' && value !== null && 'hex' in value && typeof value.hex === 'string'
        ? new Uint8Array(Buffer.from(value.hex, 'hex'))
        : value,
    ) as Fact[];
    for (const { row, before, after } of facts) {
      const columns = Object.keys({ ...before, ...after });
      if (!Object.hasOwn(KEYS, row[0]) || !columns.every((name) => /^[a-z_]+$/.test(name)))
        throw new Error(`a row of ${row[0]} with columns ${columns.join(', ')}`);
    }
    return facts;
  } catch (error) {
    throw new AppError('PROJECT_DAMAGED', 'An entry of the undo log is damaged.', {
      cause: error,
    });
  }
}

/** A Buffer as its own toJSON hands it to JSON.stringify. */
function isByteRecord(value: unknown): value is { data: number[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'Buffer' &&
    'data' in value &&
    Array.isArray(value.data)
  );
}

function difference(row: RowName, before: Cells | null, after: Cells | null): Fact | null {
  if (before === null || after === null) return before === after ? null : { row, before, after };
  const columns = Object.keys(after).filter((column) => !same(before[column], after[column]));
  if (columns.length === 0) return null;
  const pick = (cells: Cells) =>
    Object.fromEntries(columns.map((column) => [column, cells[column] ?? null]));
  return { row, before: pick(before), after: pick(after) };
}

/** Whether a row holds `before`; a row that came or went whole must be there or missing as a whole. */
function holds(now: Cells | null, before: Cells | null, after: Cells | null): boolean {
  if (before === null || now === null) return before === null && now === null;
  if (after === null) return true;
  return Object.entries(before).every(([column, value]) => same(now[column], value));
}

function same(a: SqlValue | undefined, b: SqlValue | undefined): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  return a === b;
}

const whereOf = ([table]: RowName) => KEYS[table].map((column) => `${column} = ?`).join(' AND ');

function readRow(store: Store, row: RowName): Cells | null {
  const [table, ...key] = row;
  return store.get<Cells>(`SELECT * FROM ${table} WHERE ${whereOf(row)}`, ...key) ?? null;
}

function writeRow(store: Store, row: RowName, cells: Cells | null): void {
  const [table, ...key] = row;
  if (cells === null) {
    store.run(`DELETE FROM ${table} WHERE ${whereOf(row)}`, ...key);
    return;
  }
  const columns = Object.keys(cells);
  const values = Object.values(cells);
  if (readRow(store, row) === null)
    store.run(
      `INSERT INTO ${table}(${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      ...values,
    );
  else
    store.run(
      `UPDATE ${table} SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE ${whereOf(row)}`,
      ...values,
      ...key,
    );
}
