// Which classes to ask for: a list in the call, a file of lines, the categories of a COCO file, or
// labels per image. However they come, a class is asked for once and under one spelling.
import { MAX_CLASSES_ASKED, MAX_CLASS_NAME, sameClassSpellings } from '../../../api/classNames.ts';
import type { Json } from '../../../api/types.ts';
import { parseJson } from '../../../engine/dataset/json.ts';
import { FileFault } from '../../../engine/dataset/openFile.ts';
import { describe } from '../../../engine/dataset/shown.ts';
import { readText } from '../../../engine/dataset/text.ts';
import { UsageError } from './usageError.ts';

export interface ClassWish {
  readonly name: string;
  /** Words for the model, where they differ from the name. */
  readonly prompt: string;
  readonly synonyms: readonly string[];
  readonly kind: 'thing' | 'stuff';
  /** Id to keep from a COCO file; null = next free. */
  readonly id: number | null;
  /** The id as that file has it, also where it cannot be kept; null without one. */
  readonly said: string | null;
  readonly supercategory: string;
}

const plain = (name: string): ClassWish => ({
  name,
  prompt: name,
  synonyms: [],
  kind: 'thing',
  id: null,
  said: null,
  supercategory: '',
});

/** `cat, traffic light, mug=cup|espresso cup`: classes of a call, as `parseClass` has them. */
export function parseClassList(text: string): ClassWish[] {
  return unique(
    text
      .split(/[,\n\r]/)
      .map(withoutNote)
      .filter((part) => part.trim() !== '')
      .map(parseClass),
    '--classes',
  );
}

/** One class a line, commas and all. */
export function parseClassLines(text: string, file: string): ClassWish[] {
  return unique(
    text
      .split(/\r\n|[\n\r]/)
      .map(withoutNote)
      .filter((line) => line.trim() !== '')
      .map(parseClass),
    file,
  );
}

/** A line that begins with `#`, and what follows a `#` between blanks, is a note: `C# logo` is a name. */
const withoutNote = (text: string) => text.replace(/^\s*#.*$|\s#\s.*$/, '');

/**
 * `mug=cup|espresso cup`: name, optionally `=` and the words for the model, the first being the prompt
 * and the others its synonyms. A leading `~` marks stuff (`~grass`).
 */
function parseClass(text: string): ClassWish {
  const part = text.trim();
  const stuff = part.startsWith('~');
  const [name = '', words = ''] = (stuff ? part.slice(1) : part)
    .split(/=(.*)/s)
    .map((side) => side.trim());
  if (name === '') throw new UsageError(`The class "${part}" has no name before "=".`);
  const [prompt = name, ...synonyms] = words
    .split('|')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  return {
    ...plain(name),
    prompt,
    synonyms,
    kind: stuff ? ('stuff' as const) : ('thing' as const),
  };
}

/** Classes per image, by the name that the file gives the image. */
export type ImageLabels = ReadonlyMap<string, readonly string[]>;

/**
 * Image-level labels: `{"a.jpg": ["cat", "~grass"]}`, each name as in parseClassList. The best prompt
 * there is, since a class that is not in the picture always paints something. `isListed` when another
 * file lists the classes.
 */
export async function readImageLabels(
  file: string,
  isListed = false,
): Promise<{ wishes: ClassWish[]; labels: ImageLabels }> {
  const json = await readJson(file);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new UsageError(
      `${file} must be an object from image names to lists of classes, e.g. {"a.jpg": ["cat"]}.`,
    );
  }
  const labels = new Map<string, string[]>();
  const wishes: ClassWish[] = [];
  for (const [image, list] of Object.entries(json)) {
    if (!Array.isArray(list) || !list.every((name) => typeof name === 'string')) {
      throw new UsageError(`${file}: "${image}" must be a list of class names.`);
    }
    limit(list.length, `${file}: "${image}"`);
    const own = unique(
      list.filter((name) => name.trim() !== '').map(parseClass),
      `${file}: "${image}"`,
    );
    labels.set(
      image,
      own.map(({ name }) => name),
    );
    wishes.push(...own);
  }
  // A list of classes beside it decides how they are spelled.
  if (isListed) return { wishes, labels };
  const asked = unique(wishes, file);
  limit(asked.length, file);
  return { wishes: asked, labels };
}

export interface ClassOptions {
  readonly classes?: string;
  readonly classesFile?: string;
  readonly cocoCategories?: string;
  /** JSON file of classes per image. */
  readonly imageLabels?: string;
}

/** Classes named by exactly one of the three options; 'auto' stands for choosing among `vocabulary`. */
export async function readClasses(options: ClassOptions): Promise<ClassWish[]> {
  const given = [options.classes, options.classesFile, options.cocoCategories].filter(
    (value) => value !== undefined,
  );
  if (given.length === 0) {
    throw new UsageError(
      'Which classes? Use --classes "cat,traffic light", --classes-file names.txt or --coco-categories labels.json.',
    );
  }
  if (given.length > 1)
    throw new UsageError('Use one of --classes, --classes-file and --coco-categories.');
  let wishes: ClassWish[];
  if (options.cocoCategories !== undefined) wishes = await cocoCategories(options.cocoCategories);
  else if (options.classesFile !== undefined)
    wishes = parseClassLines(await textOf(options.classesFile), options.classesFile);
  else wishes = parseClassList(options.classes ?? '');
  if (wishes.length === 0) throw new UsageError('The list of classes is empty.');
  limit(wishes.length, options.cocoCategories ?? options.classesFile ?? '--classes');
  return wishes;
}

async function cocoCategories(file: string): Promise<ClassWish[]> {
  const json = await readJson(file);
  const list = Array.isArray(json) ? json : (json as { categories?: Json } | null)?.categories;
  if (!Array.isArray(list)) throw new UsageError(`${file} has no list "categories".`);
  return unique(
    list.map((entry: Json, index) => {
      const { id, name, supercategory, isthing } = (entry ?? {}) as {
        readonly [field: string]: Json;
      };
      if (typeof name !== 'string' || name.trim() === '')
        throw new UsageError(`${file}: categories[${index}].name is not a text.`);
      return {
        ...plain(name.trim()),
        // 0 stands for "no class" in many readers; the class gets a number, and the call says which.
        id: Number.isSafeInteger(id) && (id as number) > 0 ? (id as number) : null,
        said: id === undefined || id === null ? null : describe(id),
        kind: isthing === 0 || supercategory === 'stuff' ? ('stuff' as const) : ('thing' as const),
        supercategory: typeof supercategory === 'string' ? supercategory : '',
      };
    }),
    file,
  );
}

async function readJson(file: string): Promise<Json> {
  const parsed = parseJson(await textOf(file));
  if ('fault' in parsed) throw new UsageError(`${file} ${parsed.fault.replace('valid ', '')}.`);
  return parsed.value;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readText(file);
  } catch (cause) {
    if (!(cause instanceof FileFault)) throw cause;
    throw new UsageError(
      cause.isMissing ? `There is no file ${file}.` : `${file} ${cause.fault}.`,
      { cause },
    );
  }
}

/** One class once; two spellings of one class are a slip that only the caller can decide. */
function unique(wishes: readonly ClassWish[], place: string): ClassWish[] {
  const [spellings] = sameClassSpellings(wishes.map(({ name }) => name));
  if (spellings)
    throw new UsageError(
      `${place} names one class in ${spellings.length} spellings: ${spellings.map((one) => `"${one}"`).join(', ')}. Names that differ in case or blanks only are the same class; keep one of them.`,
    );
  const long = wishes.find(({ name }) => name.length > MAX_CLASS_NAME);
  if (long)
    throw new UsageError(
      `${place} has a class name of ${long.name.length} letters ("${long.name.slice(0, 40)}..."); at most ${MAX_CLASS_NAME} are possible.`,
    );
  const seen = new Map<string, ClassWish>();
  for (const wish of wishes) if (!seen.has(wish.name)) seen.set(wish.name, wish);
  return [...seen.values()];
}

function limit(count: number, place: string): void {
  if (count > MAX_CLASSES_ASKED)
    throw new UsageError(
      `${place}: ${count} classes are too many for one run; the limit is ${MAX_CLASSES_ASKED}.`,
    );
}
