// Class names of YOLO data sets: data.yaml, classes.txt or Darknet's obj.names, in the folder itself or up
// to two folders above it, where data sets that are split first keep them.
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseDocument } from 'yaml';
import { AppError } from '../../../api/errors.ts';
import { FileFault } from '../openFile.ts';
import { shown } from '../shown.ts';
import { readText } from '../text.ts';

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_CLASSES = 65_535;
const FOLDERS_UP = 2;
const NAME_FILES = /(^|\/)(classes\.txt|[^/]*\.names)$/i;
const YAML_FILES = /^[^/]+\.ya?ml$/i;

/** The names by number. Throws IMPORT_INVALID when there are none, with what is wrong in each candidate. */
export async function readClassNames(path: string, files: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  let folder = path;
  for (let up = 0; up <= FOLDERS_UP; up++) {
    const names = await namesIn(folder, up === 0 ? files : await listed(folder), faults);
    if (names) return withinLimit(names);
    folder = dirname(folder);
  }
  throw new AppError(
    'IMPORT_INVALID',
    faults.length > 0
      ? `no class names: ${faults.join('; ')}`
      : `no class names: expected "names" in data.yaml, a classes.txt or an obj.names here or in one of the ${FOLDERS_UP} folders above: ${path}`,
  );
}

/** Whether a folder, or one of those above it, may have names of classes. */
export async function hasClassNames(path: string, files: readonly string[]): Promise<boolean> {
  const mayName = (names: readonly string[]) =>
    names.some((name) => NAME_FILES.test(name) || YAML_FILES.test(name));
  if (mayName(files)) return true;
  for (let up = 1, folder = dirname(path); up <= FOLDERS_UP; up++, folder = dirname(folder))
    if ((await namesIn(folder, await listed(folder), [])) !== null) return true;
  return false;
}

async function listed(folder: string): Promise<string[]> {
  // A folder above may be closed to this person: then there are no names in it.
  return readdir(folder).catch(() => []);
}

async function namesIn(
  folder: string,
  files: readonly string[],
  faults: string[],
): Promise<string[] | null> {
  const attempts = [
    ...files
      .filter((name) => YAML_FILES.test(name))
      .sort((a, b) => Number(/^data\.ya?ml$/i.test(b)) - Number(/^data\.ya?ml$/i.test(a)))
      .map((name) => ({ name, parseText: parseNames })),
    ...files
      .filter((name) => NAME_FILES.test(name))
      .sort((a, b) => a.split('/').length - b.split('/').length)
      .map((name) => ({ name, parseText: linesOf })),
  ];
  for (const { name, parseText } of attempts)
    try {
      const names = parseText(await readText(join(folder, name), MAX_BYTES));
      if (names) return names;
    } catch (error) {
      if (error instanceof FileFault) faults.push(`${name} ${error.fault}`);
      else if (error instanceof AppError) faults.push(`${name} ${error.message}`);
      else throw error;
    }
  return null;
}

function linesOf(text: string): string[] | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.length === 0 ? null : lines;
}

/** Names by number from the `names` of a data.yaml. Null without that key; throws what is wrong with them. */
export function parseNames(yaml: string): string[] | null {
  const value = parseYaml(yaml);
  if (!isObject(value) || !('names' in value)) return null;
  const { names } = value;
  // A data set without a class has the key and nothing behind it.
  if (names === '' || names === null) return [];
  if (Array.isArray(names)) return names.map((name, i) => nameOf(name, i));
  if (!isObject(names))
    throw new AppError('IMPORT_INVALID', 'has "names" that are neither a list nor a table');
  const byNumber: string[] = [];
  for (const [key, name] of Object.entries(names)) {
    if (!/^\d{1,5}$/.test(key))
      throw new AppError(
        'IMPORT_INVALID',
        `has the class number ${shown(key)}; expected 0, 1, 2, ...`,
      );
    byNumber[Number(key)] = nameOf(name, Number(key));
  }
  return Array.from(byNumber, (name, i) => name ?? nameOf('', i));
}

/** All scalars as text: a class may be called `yes`, `12` or `1e3`. */
function parseYaml(yaml: string): unknown {
  let why: string;
  try {
    const document = parseDocument(yaml, { schema: 'failsafe', uniqueKeys: false });
    const [fault] = document.errors;
    if (!fault) return document.toJS({ maxAliasCount: 100 });
    why = firstLine(fault);
  } catch (error) {
    // A document that is too deep for the stack, or anchors that would grow without end.
    why = error instanceof RangeError ? 'it is nested too deep' : firstLine(error);
  }
  throw new AppError('IMPORT_INVALID', `is not valid YAML: ${why}`);
}

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.replace(/:$/, '');
}

function nameOf(value: unknown, number: number): string {
  if (value === null || value === undefined || value === '') return `class ${number}`;
  if (typeof value === 'string') return value;
  throw new AppError('IMPORT_INVALID', `has a name for class ${number} that is no text`);
}

function withinLimit(names: readonly string[]): string[] {
  if (names.length > MAX_CLASSES)
    throw new AppError(
      'IMPORT_INVALID',
      `${names.length} classes; at most ${MAX_CLASSES} are read`,
    );
  return names.map((name, i) => (name.trim() === '' ? `class ${i}` : name));
}
