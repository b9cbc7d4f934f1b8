// The words of a `salience benchmark` call: what is measured, and the call that repeats it.
import type { Json } from '../../../api/types.ts';
import type { PrelabelParams } from '../../../api/run.ts';
import { engineOf } from '../../../engine/prelabel/params.ts';
import type { Engine } from '../../../link/engines/description.ts';
import type { BenchmarkPlan } from '../../../engine/benchmark/run.ts';
import type { Selection } from '../../../engine/benchmark/select/selection.ts';
import { readImageLabels } from '../arguments/classList.ts';
import { parseOverride } from '../arguments/overrides.ts';
import { UsageError } from '../arguments/usageError.ts';

export interface BenchmarkWords {
  readonly root?: string;
  readonly truth?: string;
  readonly classesFile?: string;
  readonly out?: string;
  readonly pack?: string;
  readonly engine?: string;
  readonly preset?: PrelabelParams['preset'];
  readonly set?: readonly string[];
  readonly select: Selection['kind'];
  readonly lists?: string;
  readonly match?: string;
  readonly confidence?: string;
  readonly limit?: string;
  readonly seed: string;
  readonly synonyms?: boolean;
  readonly boundary: boolean;
  readonly retryFailed?: boolean;
  readonly overwrite?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Data of one's own. */
const OWN = ['folder', 'project'];

/** Published rows were made with the reference settings; one's own data is better asked with the pack's. */
const presetOf = (id: string, words: BenchmarkWords) =>
  words.preset ?? (OWN.includes(id) ? 'pack' : 'reference');

/** Throws UsageError. */
export async function planParts(
  id: string,
  words: BenchmarkWords,
): Promise<
  Pick<BenchmarkPlan, 'params' | 'selection' | 'limit' | 'synonyms' | 'boundary' | 'retryFailed'>
> {
  const overrides: Record<string, Json> = Object.fromEntries((words.set ?? []).map(parseOverride));
  if (id !== 'folder' && (words.truth !== undefined || words.classesFile !== undefined))
    throw new UsageError(
      `--truth and --classes-file are for "folder"; ${id} has files of its own.`,
    );
  return {
    params: {
      preset: presetOf(id, words),
      ...(words.engine === undefined ? {} : { engine: words.engine }),
      overrides,
    },
    selection: await readSelection(words),
    limit:
      words.limit === undefined
        ? null
        : {
            images: wholeNumber('--limit', words.limit, 1),
            seed: wholeNumber('--seed', words.seed, 0),
          },
    // A project's words are the person's own.
    synonyms: words.synonyms === true || id === 'project',
    boundary: words.boundary,
    retryFailed: words.retryFailed === true,
  };
}

async function readSelection({
  select,
  lists,
  match,
  confidence,
  engine,
}: BenchmarkWords): Promise<Selection> {
  if ((select === 'file') !== (lists !== undefined))
    throw new UsageError('--select file and --lists lists.json belong together.');
  if (match !== undefined && select !== 'match')
    throw new UsageError('--match belongs to --select match.');
  if (select === 'file') {
    const { labels } = await readImageLabels(lists!, true);
    return { kind: 'file', path: lists!, lists: labels };
  }
  if (confidence !== undefined && select !== 'clip')
    throw new UsageError('--confidence belongs to --select clip.');
  if (select === 'match') checkMatch(engineOf({ ...(engine === undefined ? {} : { engine }) }));
  if (select === 'clip') return { kind: select, confidence: shareOf('--confidence', confidence) };
  if (select === 'match') return { kind: select, threshold: shareOf('--match', match) };
  return { kind: select };
}

/** Engines without an image-text match cannot choose by it. Throws UsageError. */
function checkMatch({ name, presence }: Engine): void {
  if (presence === 'match') return;
  throw new UsageError(
    `${name} does not tell which classes are present by a match; use --select truth, all, clip or file.`,
  );
}

function shareOf(option: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (!(value > 0 && value < 1))
    throw new UsageError(`${option} takes a number between 0 and 1, not ${text}.`);
  return value;
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new UsageError(`${option} takes a whole number from ${least}, not ${text}.`);
  return value;
}

/** The call as lines for a shell, without options for the place of results and for progress. */
export function commandLines(id: string, words: BenchmarkWords, packId: string): string[] {
  const {
    root,
    truth,
    classesFile,
    set = [],
    select,
    lists,
    match,
    confidence,
    limit,
    seed,
  } = words;
  const option = (name: string, value: string | undefined) =>
    value === undefined ? [] : [`--${name} ${quoted(value)}`];
  const lines = [
    [`salience benchmark ${id}`, ...option('root', root)],
    [...option('truth', truth), ...option('classes-file', classesFile)],
    [
      ...option('engine', words.engine),
      ...option('pack', packId),
      ...option('preset', presetOf(id, words)),
    ],
    set.length === 0 ? [] : [`--set ${set.map(quoted).join(' ')}`],
    [
      ...option('select', select),
      ...option('lists', lists),
      ...option('match', match),
      ...option('confidence', confidence),
    ],
    limit === undefined ? [] : [...option('limit', limit), ...option('seed', seed)],
    words.synonyms ? ['--synonyms'] : [],
    words.boundary ? [] : ['--no-boundary'],
  ];
  return lines.filter((line) => line.length > 0).map((line) => line.join(' '));
}

const quoted = (value: string) =>
  /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
