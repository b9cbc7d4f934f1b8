// Reads Supervisely projects: meta.json with the classes, and one JSON per image in the `ann` folder of
// each data set. The source may be the project, a data set or its `ann` folder.
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import { AppError } from '../../../../api/errors.ts';
import type { Json } from '../../../../api/types.ts';
import { parseJsonBytes } from '../../json.ts';
import type { Problems } from '../../problems.ts';
import type { JsonObject } from '../../types.ts';
import { isFiniteNumber } from '../reading/areas.ts';
import type { Size } from '../reading/areas.ts';
import type { ImportFormat } from '../format.ts';
import { listOf, objectOf, readJsonFile, textOf } from '../reading/jsonFile.ts';
import { readLabelFile } from '../reading/labelFile.ts';
import { openLabelSource } from '../reading/labelledImages.ts';
import type { ClassOfSource, FoundObject, LabelledImage } from '../reading/labelledImages.ts';
import { readSuperviselyObject } from './superviselyShapes.ts';

const MAX_OBJECTS = 100_000;
/** How far above the labels meta.json is looked for: past `ann` and the data set. */
const LEVELS_UP = 2;

export const superviselyImport: ImportFormat = {
  id: 'supervisely',
  title: 'Supervisely',
  note: 'Bitmaps, polygons with holes and boxes; class order and colours, descriptions and tags are kept.',
  kind: 'folder',
  async open(path, options) {
    const files = (await readdir(path, { recursive: true }))
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => isAnnotation(name, path))
      .sort();
    if (files.length === 0)
      throw new AppError(
        'IMPORT_INVALID',
        `there is no "ann" folder with JSON files; choose the folder that holds meta.json: ${path}`,
      );
    const source = {
      path,
      stage: 'Read Supervisely files',
      classes: await classesOf(path),
      async *images(problems: Problems) {
        for (const name of files) {
          const image = await imageOf(path, name, problems);
          if (image) yield image;
        }
      },
    };
    return openLabelSource(source, options);
  },
};

/** `data set/ann/a.jpg.json`; the folder itself may be `ann`. */
export function isAnnotation(name: string, folder: string): boolean {
  if (!/\.json$/i.test(name)) return false;
  const parent = posix.basename(posix.dirname(name));
  return parent === 'ann' || (parent === '.' && basename(folder) === 'ann');
}

/** The classes of the project, also where a data set alone was chosen. */
async function classesOf(path: string): Promise<ClassOfSource[]> {
  let folder = path;
  for (let level = 0; level <= LEVELS_UP; level++, folder = dirname(folder)) {
    const names: readonly string[] = await readdir(folder).catch(() => []);
    if (!names.includes('meta.json')) continue;
    const meta = objectOf(await readJsonFile(join(folder, 'meta.json')));
    return listOf(meta?.['classes']).flatMap((value) => {
      const one = objectOf(value);
      const name = textOf(one?.['title']);
      const color = textOf(one?.['color']) ?? '';
      const isArea = /^(bitmap|polygon|rectangle|any|alpha_mask|)$/.test(
        textOf(one?.['shape']) ?? '',
      );
      return name !== null && isArea ? [{ name, color: color.toLowerCase() }] : [];
    });
  }
  return [];
}

async function imageOf(
  path: string,
  name: string,
  problems: Problems,
): Promise<LabelledImage | null> {
  const bytes = await readLabelFile(path, name, problems);
  if (!bytes) return null;
  const parsed = parseJsonBytes(bytes);
  if ('fault' in parsed) return problems.skip(name, parsed.fault);
  const file = objectOf(parsed.value);
  if (!file || !Array.isArray(file['objects']))
    return problems.skip(`${name} $.objects`, 'is missing or no list');
  const objects = listOf(file['objects']);
  if (objects.length > MAX_OBJECTS)
    return problems.skip(name, `has ${objects.length} objects; at most ${MAX_OBJECTS} are read`);
  const bare = posix.basename(name).replace(/\.json$/i, '');
  const dataset = posix.dirname(posix.dirname(name));
  const image = posix.join(dataset === '.' ? '' : dataset, 'img', bare);
  const hasEnding = /\.[a-z0-9]{2,5}$/i.test(bare);
  return {
    place: name,
    wanted: hasEnding ? { paths: [image], stems: [] } : { paths: [], stems: [image] },
    size: sizeOf(file['size']),
    isEmpty: objects.length === 0,
    objects: async (size, report) => {
      if (listOf(file['tags']).length > 0) report.repair(name, { code: 'wholeImage', values: [] });
      return readObjects(objects, size, { name, report });
    },
  };
}

async function readObjects(
  objects: readonly Json[],
  size: Size,
  { name, report }: { readonly name: string; readonly report: Problems },
): Promise<FoundObject[]> {
  const found: FoundObject[] = [];
  for (const [i, value] of objects.entries()) {
    const place = `${name} $.objects[${i}]`;
    const object: JsonObject | null = objectOf(value);
    try {
      if (!object) throw new RangeError('is no object');
      found.push(await readSuperviselyObject(object, size));
      if (object['geometryType'] === 'rectangle') report.repair(place, { code: 'box', values: [] });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      report.skip(place, error.message);
    }
  }
  return found;
}

function sizeOf(value: Json | undefined): Size | null {
  const { width, height } = objectOf(value) ?? {};
  return isFiniteNumber(width) && isFiniteNumber(height) && width >= 1 && height >= 1
    ? { width, height }
    : null;
}
