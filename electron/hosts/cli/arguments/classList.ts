// Which classes to ask for: a list in the call, a file of lines, or the categories of a COCO file.
import { readFile, stat } from 'node:fs/promises';
import { UsageError } from './usageError.ts';

export interface ClassWish {
  readonly name: string;
  /** Words for the model, where they differ from the name. */
  readonly prompt: string;
  readonly synonyms: readonly string[];
  readonly kind: 'thing' | 'stuff';
  /** Id to keep from a COCO file; null = next free. */
  readonly id: number | null;
  readonly supercategory: string;
}

const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MAX_CLASSES = 1000;

const plain = (name: string): ClassWish => ({
  name,
  prompt: name,
  synonyms: [],
  kind: 'thing',
  id: null,
  supercategory: '',
});

/**
 * `cat, traffic light, mug=cup|espresso cup`: name, optionally `=` and the words for the model,
 * the first being the prompt and the others its synonyms. A leading `~` marks stuff (`~grass`).
 */
export function parseClassList(text: string): ClassWish[] {
  return unique(
    text
      .split(/[,\n\r]/)
      .map((part) => part.replace(/#.*$/, '').trim())
      .filter((part) => part !== '')
      .map((part) => {
        const stuff = part.startsWith('~');
        const [name = '', words = ''] = (stuff ? part.slice(1) : part)
          .split('=')
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
      }),
  );
}

/** Classes per image, by relative name with forward slashes. */
export type ImageLabels = ReadonlyMap<string, readonly string[]>;

/**
 * Image-level labels: `{"a.jpg": ["cat", "~grass"]}`, each name as in parseClassList. The best prompt
 * there is, since a class that is not in the picture always paints something.
 */
export async function readImageLabels(
  file: string,
): Promise<{ wishes: ClassWish[]; labels: ImageLabels }> {
  let json: unknown;
  try {
    json = JSON.parse(await readText(file));
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`${file} is not JSON.`, { cause });
  }
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
    const own = parseClassList(list.join('\n'));
    labels.set(
      image,
      own.map(({ name }) => name),
    );
    wishes.push(...own);
  }
  return { wishes: unique(wishes), labels };
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
  if (options.cocoCategories !== undefined)
    wishes = cocoCategories(await readText(options.cocoCategories), options.cocoCategories);
  else if (options.classesFile !== undefined)
    wishes = parseClassList(await readText(options.classesFile));
  else wishes = parseClassList(options.classes ?? '');
  if (wishes.length === 0) throw new UsageError('The list of classes is empty.');
  if (wishes.length > MAX_CLASSES)
    throw new UsageError(`${wishes.length} classes are too many; the limit is ${MAX_CLASSES}.`);
  return wishes;
}

function cocoCategories(text: string, file: string): ClassWish[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${file} is not JSON.`, { cause });
  }
  const list = Array.isArray(json) ? json : (json as { categories?: unknown } | null)?.categories;
  if (!Array.isArray(list)) throw new UsageError(`${file} has no list "categories".`);
  return unique(
    list.map((entry: unknown, index) => {
      const { id, name, supercategory, isthing } = (entry ?? {}) as {
        id?: unknown;
        name?: unknown;
        supercategory?: unknown;
        isthing?: unknown;
      };
      if (typeof name !== 'string' || name.trim() === '')
        throw new UsageError(`${file}: categories[${index}].name is not a text.`);
      return {
        ...plain(name.trim()),
        id: Number.isSafeInteger(id) && (id as number) > 0 ? (id as number) : null,
        kind: isthing === 0 || supercategory === 'stuff' ? ('stuff' as const) : ('thing' as const),
        supercategory: typeof supercategory === 'string' ? supercategory : '',
      };
    }),
  );
}

async function readText(file: string): Promise<string> {
  const info = await stat(file).catch(() => null);
  if (!info?.isFile()) throw new UsageError(`There is no file ${file}.`);
  if (info.size > MAX_FILE_BYTES)
    throw new UsageError(`${file} is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB.`);
  return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
}

function unique(wishes: ClassWish[]): ClassWish[] {
  const seen = new Map<string, ClassWish>();
  for (const wish of wishes) if (!seen.has(wish.name)) seen.set(wish.name, wish);
  return [...seen.values()];
}
