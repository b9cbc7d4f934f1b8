// Whether a project file is sound: read from a copy, so that the project itself is not touched, not
// even while another program has it open.
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../../api/errors.ts';
import { area } from '../../../masks/runs/rle.ts';
import { decodeMask } from '../maskBlob.ts';
import { versionOf } from './migrations.ts';
import { openStore, type Store } from './store.ts';
import { storedJson, type JsonKind } from './storedJson.ts';

export interface Soundness {
  readonly images: number;
  /** Names of images whose files are gone. */
  readonly missing: readonly string[];
  readonly masks: number;
  /** What is wrong inside the file, as sentences. */
  readonly damage: readonly string[];
}

interface MaskRow {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly area: number;
  readonly mask: Uint8Array;
}

/** Reads every page and every mask; throws AppError when it is no project at all. */
export async function soundnessOf(file: string): Promise<Soundness> {
  if (!(await isFile(file)))
    throw new AppError('PROJECT_DAMAGED', `There is no project file ${file}.`);
  const store = openStore(file, { fromCopy: true });
  try {
    if (versionOf(store) === 0)
      throw new AppError('PROJECT_DAMAGED', `This file holds no project: ${file}`);
    const integrity = String(store.pragma('integrity_check'));
    const damage = integrity === 'ok' ? [] : [`the database says: ${integrity}`];
    const masks = checkMasks(store, damage);
    checkColumns(store, damage);
    const meta = store.get<{ value: string }>("SELECT value FROM meta WHERE key = 'folder'");
    const folder = meta?.value ?? dirname(file);
    const names = store.all<{ name: string }>('SELECT name FROM image ORDER BY id');
    const missing: string[] = [];
    for (const { name } of names)
      if (!(await isFile(join(folder, ...name.split('/'))))) missing.push(name);
    return { images: names.length, missing, masks, damage };
  } finally {
    store.close();
  }
}

function checkMasks(store: Store, damage: string[]): number {
  let masks = 0;
  for (const row of store.iterate<MaskRow>(
    'SELECT id, width, height, area, mask FROM annotation',
  )) {
    masks += 1;
    try {
      const found = area(decodeMask(row.mask, row.width, row.height));
      if (found !== row.area)
        damage.push(`mask ${row.id} covers ${found} pixels where ${row.area} are noted`);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      damage.push(`mask ${row.id}: ${error.message}`);
    }
  }
  return masks;
}

/** Columns that hold JSON, with what each must be and the words for its row. */
const COLUMNS: readonly [table: string, column: string, kind: JsonKind, words: string][] = [
  ['category', 'synonyms', 'list', 'class'],
  ['category', 'extra', 'any', 'class'],
  ['category', 'fields', 'list', 'class'],
  ['annotation', 'extra', 'any', 'annotation'],
  ['annotation', 'details', 'object', 'annotation'],
  ['run', 'summary', 'object', 'run'],
  ['job', 'request', 'object', 'job'],
  ['job', 'class_names', 'list', 'job'],
  ['job', 'reason_data', 'any', 'job'],
  ['image', 'problem_data', 'any', 'image'],
  ['parked', 'work', 'object', 'unfinished work'],
];

function checkColumns(store: Store, damage: string[]): void {
  const isThere = (table: string, column: string) =>
    store.get('SELECT 1 FROM pragma_table_info(?) WHERE name = ?', table, column) !== undefined;
  // A file of an earlier version lacks the newer tables and columns.
  for (const [table, column, kind, words] of COLUMNS.filter(([of, name]) => isThere(of, name)))
    for (const { id, text } of store.iterate<{ id: number | string; text: string | null }>(
      `SELECT id, ${column} AS text FROM ${table}`,
    )) {
      if (text === null) continue;
      try {
        storedJson(text, kind, `${column} of ${words} ${id}`);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        damage.push(error.message);
      }
    }
}

const isFile = (path: string) =>
  stat(path).then(
    (info) => info.isFile(),
    () => false,
  );
