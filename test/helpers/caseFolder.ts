// One case of the collection beside the repository: its files copied to a folder of its own, with the
// command line at hand and the result read back in a few words.
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { readCoco } from '../../electron/engine/dataset/coco/read.ts';
import { area } from '../../electron/masks/rle.ts';
import type { CliResult } from './runCli.ts';
import { runCli } from './runCli.ts';

/** What each case states, by its name. */
export type Checks = Readonly<Record<string, (one: CaseFolder) => Promise<void>>>;

/** What a person must never be shown. */
export const INNER_WORDS =
  /ENOENT|ENAMETOOLONG|The job stopped|run the same command again|\bat .*\.ts:/;

/** Null when the collection is not beside the repository. */
export function casesRoot(): string | null {
  const root = resolve(import.meta.dirname, '../../../shared/cases');
  return existsSync(root) ? root : null;
}

export function caseNames(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** `a.png: cat 100, dog 45` per image of a COCO file, and its category numbers. */
export interface CocoWords {
  readonly images: readonly string[];
  readonly categories: Readonly<Record<string, number>>;
}

export interface CaseFolder {
  path(...parts: string[]): string;
  run(...args: string[]): Promise<CliResult & { readonly said: string }>;
  /** Imports into `project`, with the images of the folder `images`. */
  import(
    source: string,
    more?: { images?: string; project?: string; options?: string[] },
  ): ReturnType<CaseFolder['run']>;
  /** Exports `project` as COCO and reads it. */
  export(project?: string): Promise<CocoWords>;
  read(file: string): Promise<CocoWords>;
}

export async function openCase(root: string, name: string): Promise<CaseFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'salience-case-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(join(root, name), join(folder, 'case'), { recursive: true });
  const path = (...parts: string[]) => join(folder, 'case', ...parts);
  const run = async (...args: string[]) => {
    const result = await runCli(args, { home: join(folder, 'home') });
    return { ...result, said: `${result.stdout}${result.stderr}` };
  };
  let exports = 0;
  return {
    path,
    run,
    import: (source, { images = 'images', project = 'p.salience', options = [] } = {}) =>
      run('import', path(source), '--images', path(images), '--project', path(project), ...options),
    async export(project = 'p.salience') {
      const out = path(`out${++exports}.json`);
      const { code, said } = await run('export', path(project), '--out', out);
      if (code !== 0) throw new Error(`export ended with ${code}: ${said}`);
      return cocoWords(out);
    },
    read: (file) => cocoWords(path(file)),
  };
}

async function cocoWords(file: string): Promise<CocoWords> {
  const json = JSON.parse(await readFile(file, 'utf8')) as {
    images: { id: number }[];
    annotations: { id: number }[];
  };
  for (const [what, list] of Object.entries({ images: json.images, annotations: json.annotations }))
    if (new Set(list.map(({ id }) => id)).size !== list.length || list.some(({ id }) => id < 1))
      throw new Error(`${what} of ${file} have ids that are not unique or below 1`);
  await using coco = await readCoco(file);
  const names = new Map(coco.categories.map(({ id, name }) => [id, name]));
  const images: string[] = [];
  for await (const { fileName, annotations } of coco.images())
    images.push(
      `${fileName}: ${annotations.map((a) => `${names.get(a.categoryId)!} ${area(a.mask)}`).join(', ')}`,
    );
  return { images, categories: Object.fromEntries([...names].map(([id, name]) => [name, id])) };
}
