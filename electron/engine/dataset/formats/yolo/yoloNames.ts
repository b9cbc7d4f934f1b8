// Class names of YOLO data sets: data.yaml, classes.txt or Darknet's obj.names, in the folder itself or up
// to two folders above it, where data sets that are split first keep them.
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../../../api/errors.ts';
import { FileFault } from '../../openFile.ts';
import { readText } from '../../text.ts';

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
      .map((name) => ({ name, parseText: namesOfYaml })),
    ...files
      .filter((name) => NAME_FILES.test(name))
      .sort((a, b) => a.split('/').length - b.split('/').length)
      .map((name) => ({ name, parseText: linesOf })),
  ];
  for (const { name, parseText } of attempts)
    try {
      const names = await parseText(await readText(join(folder, name), MAX_BYTES));
      if (names) return names;
    } catch (error) {
      if (error instanceof FileFault) faults.push(`${name} ${error.fault}`);
      else if (error instanceof AppError) faults.push(`${name} ${error.message}`);
      else throw error;
    }
  return null;
}

/** Only data sets with such a file wait for the reader, a tenth of the modules of a start. */
const namesOfYaml = async (text: string): Promise<string[] | null> =>
  (await import('./yoloYaml.ts')).parseNames(text);

function linesOf(text: string): string[] | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.length === 0 ? null : lines;
}

function withinLimit(names: readonly string[]): string[] {
  if (names.length > MAX_CLASSES)
    throw new AppError(
      'IMPORT_INVALID',
      `${names.length} classes; at most ${MAX_CLASSES} are read`,
    );
  return names.map((name, i) => (name.trim() === '' ? `class ${i}` : name));
}
