// `salience cluster submit`: one request over one source of images, for whoever works on it.
import { canonical, REQUEST_FORMAT, type RunRequest } from '../../../cluster/order/request.ts';
import { submit, type Submitted } from '../../../cluster/source/submit.ts';
import { USUAL_TIMES } from '../../../cluster/worker/times.ts';
import type { PrelabelParams } from '../../../api/run.ts';
import { packsFor } from '../../../engine/packs/enginePacks.ts';
import { findPack, type KnownPack } from '../../../engine/packs/packs.ts';
import { checkedParams, engineOf } from '../../../engine/prelabel/params.ts';
import { planCategories } from '../../../engine/project/classes/categories.ts';
import { FIRST_ENGINE } from '../../../link/engines/engines.ts';
import { resolveParams } from '../../../link/presets.ts';
import { packPlaces } from '../../startEngine.ts';
import { ENGINE_VERSION } from '../../../engine/version.ts';
import type { ClassWish } from '../arguments/classList.ts';
import { UsageError } from '../arguments/usageError.ts';
import {
  readAsked,
  readParams,
  type Auto,
  type PrelabelOptions,
} from '../prelabel/prelabelRequest.ts';
import { bytesInWords } from '../../../../models/packs/words.ts';
import { counted } from '../../../link/words/counted.ts';
import { EXIT, onInterrupt, STOP } from '../terminal/exit.ts';
import { say, sayJson } from '../terminal/lines.ts';
import { progressPrinter } from '../terminal/progress.ts';
import { withQueue, type ClusterWords } from './connect.ts';
import { readSource, type Source, type SourceWords } from './sources.ts';

export interface SubmitWords
  extends
    ClusterWords,
    SourceWords,
    Pick<
      PrelabelOptions,
      | 'classes'
      | 'classesFile'
      | 'cocoCategories'
      | 'auto'
      | 'engine'
      | 'pack'
      | 'preset'
      | 'set'
      | 'threshold'
    > {
  readonly name?: string;
  readonly priority: string;
  readonly keepMaps?: boolean;
}

const MOST_TOLD = 20;

export async function submitCommand(given: string, words: SubmitWords): Promise<number> {
  checkWords(words);
  const passed = notes();
  const source = await readSource(given, words, passed);
  const request = await readRequest(source, words);
  const printer = progressPrinter(process.stderr, words);
  const interrupt = onInterrupt(STOP.images, (line) => printer.line(line));
  const tell = (line: string) => printer.line(line);
  try {
    const done = await withQueue(
      words,
      { name: 'submit', say: tell, migrate: true },
      ({ connection, queue }) =>
        submit(
          connection.pool,
          queue,
          {
            request,
            priority: Number(words.priority),
            walk: source.walk,
            name: words.name ?? request.source.root,
            leaseSeconds: USUAL_TIMES.leaseSeconds,
            pageImages: source.pageImages,
            resumes: source.resumes,
          },
          {
            say: tell,
            revive: connection.revive,
            signal: interrupt.signal,
            onListed: (listed) => printer.update({ stage: 'Listing', done: listed, total: 0 }),
          },
        ),
    );
    printer.end();
    conclude(done, source, words, passed);
    return passed.count() > 0 ? EXIT.someFailed : EXIT.ok;
  } finally {
    interrupt.release();
  }
}

function checkWords({ name = 'x', priority }: SubmitWords): void {
  if (name === '' || name.length > 200) throw new UsageError('--name takes 1 to 200 characters.');
  if (!Number.isInteger(Number(priority)) || Math.abs(Number(priority)) > 1e9)
    throw new UsageError(`--priority takes a whole number, not ${priority}.`);
}

function conclude(
  done: Submitted,
  source: Source,
  words: SubmitWords,
  passed: ReturnType<typeof notes>,
): void {
  if (words.json) return sayJson({ ...done, passedBy: passed.count(), examples: passed.lines });
  const { id, name, isNew, listed, added, refilled } = done;
  for (const line of passed.lines) say(`  passed by  ${line}`);
  if (passed.count() > passed.lines.length)
    say(`  and ${passed.count() - passed.lines.length} more`);
  const known = listed - added;
  say(
    `Run set ${id} "${name}"${isNew ? '' : ' (known already)'}: ${counted(listed, 'image')} listed, ${added} new${known > 0 ? `, ${known} known` : ''}.`,
  );
  if (refilled > 0)
    say(`${counted(refilled, 'image')} had neither a result nor a job: jobs were added.`);
  if (words.keepMaps) say(mapsWords(listed));
  const root =
    source.request.kind === 'bucket' ? '' : ` --root ${source.request.root}=${source.place}`;
  say(`Workers, on any computer that sees the images:  salience cluster work${root}`);
}

/** Compressed maps of one image, from a small model with few classes to a large one with many. */
const MAP_BYTES = [200_000, 2_000_000] as const;

const mapsWords = (images: number) => {
  const [least, most] = MAP_BYTES.map((bytes) => bytesInWords(bytes * images));
  return `Their maps are kept too, ${least} to ${most} in the database for ${counted(images, 'image')}; "salience cluster status" tells what they take.`;
};

/** What was passed by: the first lines, and how many. */
function notes() {
  const lines: string[] = [];
  let count = 0;
  return {
    lines,
    count: () => count,
    note(path: string, why: string) {
      count += 1;
      if (lines.length < MOST_TOLD) lines.push(`${path}: ${why}`);
    },
  };
}

async function readRequest(source: Source, words: SubmitWords): Promise<RunRequest> {
  const { wishes, auto } = await readAsked(words);
  if (wishes === null)
    throw new UsageError(
      '--classes auto chooses among names: add --classes-file names.txt or --coco-categories labels.json.',
    );
  const { params, packs } = await readModels(words, auto);
  const { explain, judge } = packs;
  return {
    format: REQUEST_FORMAT,
    version: ENGINE_VERSION,
    source: source.request,
    pack: named(explain),
    ...(judge ? { judge: named(judge) } : {}),
    classes: numbered(wishes),
    params: { ...params, overrides: { ...params.overrides } },
    ...(words.keepMaps ? { keepMaps: true as const } : {}),
    resolved: canonical(checked(params, explain)),
  };
}

/** The engine's models as they lie here; workers need the same. */
async function readModels(words: SubmitWords, auto: Auto) {
  const host = { packs: packPlaces() };
  const chosen = await findPack({ host }, words.pack ?? '');
  const params = withAuto(readParams(words), auto, chosen);
  return { params, packs: await packsFor({ host }, engineOf(params), chosen) };
}

const named = ({ id, name, packHash }: KnownPack) => ({ id, name, hash: packHash });

function checked(params: PrelabelParams, pack: KnownPack) {
  try {
    const resolved = checkedParams(params, pack.parameters);
    if (resolved.refine === undefined) return resolved;
    throw new UsageError(
      '--set: proposals.refine works with "salience prelabel" only: workers have no click model.',
    );
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'PARAMS_INVALID') throw cause;
    throw new UsageError(`--set: ${(cause as Error).message}.`, { cause });
  }
}

function withAuto(params: PrelabelParams, auto: Auto, pack: KnownPack): PrelabelParams {
  if (auto === null) return params;
  if (typeof auto === 'object')
    throw new UsageError(
      '--auto clip works with "salience prelabel" only; here --auto takes a probability.',
    );
  const engine = engineOf(params);
  if (engine.presence !== 'match')
    throw new UsageError(
      `--auto takes the match of image and text, and --engine ${engine.id} has none: leave --auto out, or take --engine ${FIRST_ENGINE}.`,
    );
  const usual = resolveParams('pack', pack.parameters).explain.matchThreshold;
  return {
    ...params,
    overrides: {
      ...params.overrides,
      'pnp.selection': 'match',
      'pnp.matchThreshold': auto === 'pack' ? usual : auto,
    },
  };
}

/** Numbers as a new project would give them. */
function numbered(wishes: readonly ClassWish[]): RunRequest['classes'] {
  const { ids } = planCategories(
    { all: () => [] },
    wishes.map(({ name }) => name),
    wishes.map(({ id }) => id),
  );
  return wishes.map(({ name, prompt, synonyms, kind, supercategory }, index) => ({
    id: ids[index]!,
    name,
    kind,
    supercategory,
    prompt: prompt === name ? '' : prompt,
    synonyms: [...synonyms],
  }));
}
