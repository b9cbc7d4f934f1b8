// `salience tune`: finds layer, head and thresholds from class names alone, and says how well that
// went. With --truth it also shows the mIoU of every try, which the search itself never sees.
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Json } from '../../../api/types.ts';
import type { PrelabelParams } from '../../../api/run.ts';
import type { TuneJudge, TuneResult, TuneStrategy } from '../../../api/tuning.ts';
import type { Engine } from '../../../engine/engine.ts';
import { writeWhole } from '../../../files/wholeFile.ts';
import { refuseOtherKind } from '../../../engine/files/originals.ts';
import { isImageName } from '../../../engine/project/images/imageEndings.ts';
import { openAt, paramsOf } from '../../../engine/opening/opening.ts';
import { choiceOf, findPack } from '../../../engine/packs/packs.ts';
import type { AskedClass } from '../../../link/facts.ts';
import type { ExplainParams } from '../../../link/params.ts';
import type { TuneSubject } from '../../../engine/tune/evaluator.ts';
import { searchSubjects } from '../../../engine/tune/method/searchSubjects.ts';
import { withSetting } from '../../../engine/tune/settings.ts';
import { judgeOf, tunedOf, type Tuned } from '../../../engine/tune/method/tuned.ts';
import { startEngine } from '../../startEngine.ts';
import type { ClassOptions } from '../arguments/classList.ts';
import { counted } from '../../../link/words/counted.ts';
import { EXIT, STOP, onInterrupt } from '../terminal/exit.ts';
import { UsageError } from '../arguments/usageError.ts';
import { isAsked, readImageArguments } from '../arguments/imageArguments.ts';
import { parseOverride } from '../arguments/overrides.ts';
import { progressPrinter, type ProgressPrinter } from '../terminal/progress.ts';
import { readTuneLabels, type TuneLabels } from '../arguments/tuneLabels.ts';
import { sayJson, sayLines, tell } from '../terminal/lines.ts';
import { report } from './tuneReport.ts';
import { readVaried, type Varied } from './varied.ts';

export interface TuneWords extends ClassOptions {
  readonly out: string;
  readonly labels?: string;
  readonly truth?: string;
  readonly things?: boolean;
  readonly pack?: string;
  readonly judge: TuneJudge;
  readonly strategy: TuneStrategy;
  readonly evaluations: string;
  readonly seed: string;
  readonly vary?: string;
  readonly engine?: string;
  readonly set?: readonly string[];
  readonly auto: string;
  readonly project?: string;
  readonly apply?: boolean;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

/** Fewer images tell too little; the command says so and goes on. */
const FEW_IMAGES = 20;

/** Runs the command; resolves with the exit code. */
export async function tuneCommand(paths: readonly string[], options: TuneWords): Promise<number> {
  const out = resolve(options.out);
  await refuseOtherKind(out, 'json');
  if (!options.overwrite && (await stat(out).catch(() => null)))
    throw new UsageError(
      `${options.out} exists. Name another file, or add --overwrite to replace it.`,
    );
  if (options.apply && options.project === undefined)
    throw new UsageError('--apply needs --project, the project whose settings change.');
  const labels = await readTuneLabels(options);
  const printer = progressPrinter(process.stderr, options);
  const interrupt = onInterrupt(STOP.tries, (line) => printer.line(line));
  const engine = await startEngine({ kind: 'commandLine', log: () => undefined });
  try {
    const pack = await findPack(engine.context, options.pack ?? '');
    const overrides: Record<string, Json> = Object.fromEntries(
      (options.set ?? []).map(parseOverride),
    );
    const { engine: method } = options;
    const asked: PrelabelParams = {
      preset: 'pack',
      overrides,
      ...(method === undefined ? {} : { engine: method }),
    };
    const tuned = await tunedOf(engine.context, pack, asked);
    const varied = readVaried(options.vary, tuned);
    const work: Work = { engine, tuned, labels, signal: interrupt.signal, printer };
    const subjects = await readSubjects(paths, work, numberIn(options.auto, '--auto', 0, 1));
    if (subjects.length < FEW_IMAGES)
      printer.line(
        `Only ${counted(subjects.length, 'image has', 'images have')} class names: the result is a rough one.`,
      );
    const result = await search(work, subjects, options, varied);
    printer.end();
    const winner = withSetting(asked, result.best.setting);
    await writeWhole(
      out,
      JSON.stringify(
        { ...result, pack: tuned.packs.explain.id, parameters: winner.overrides },
        null,
        2,
      ),
      { sync: true },
    );
    if (options.apply) await apply(engine, resolve(options.project!), result);
    if (options.json) sayJson(result.best);
    else sayLines(report(result, tuned.parameters, out));
    return EXIT.ok;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    printer.line(STOP.tries.stopped);
    return EXIT.interrupted;
  } finally {
    interrupt.release();
    await engine.close();
  }
}

interface Work {
  readonly engine: Engine;
  readonly tuned: Tuned;
  readonly labels: TuneLabels;
  readonly signal: AbortSignal;
  readonly printer: ProgressPrinter;
}

/** Images with the classes they are known to have; without a label file the pack's match says which. */
async function readSubjects(
  paths: readonly string[],
  { engine, tuned, labels, signal, printer }: Work,
  least: number,
): Promise<TuneSubject[]> {
  if (tuned.parameters.length > 0 && !labels.perImage)
    throw new UsageError(
      `${tuned.name} does not say which classes an image has. Name a COCO file that does with --labels or --truth.`,
    );
  const images = await readImageArguments(paths);
  const names = (await readdir(images.folder, { recursive: true }))
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => isImageName(name) && isAsked(name, images))
    .sort();
  const subjects: TuneSubject[] = [];
  for (const [done, name] of names.entries()) {
    signal.throwIfAborted();
    printer.update({ stage: 'Read images', done, total: names.length });
    const path = join(images.folder, name);
    const known = await labels.of(name);
    if (known === null && labels.perImage) continue;
    const { hash } = await engine.context.link.request('image.probe', { path }, { signal });
    let classes: readonly AskedClass[] = known?.classes ?? [];
    if (!known) {
      const { matches } = await engine.context.link.request(
        'prelabel.suggest',
        {
          imagePath: path,
          pack: choiceOf(engine.context, tuned.packs.explain),
          classes: labels.classes,
          // Only the first method comes here.
          params: tuned.params.explain as ExplainParams,
        },
        { signal },
      );
      const present = new Set(
        matches.filter(({ match }) => match >= least).map(({ categoryId }) => categoryId),
      );
      classes = labels.classes.filter(({ categoryId }) => present.has(categoryId));
    }
    if (classes.length > 0) subjects.push({ path, hash, classes, truth: known?.truth ?? null });
  }
  if (subjects.length === 0)
    throw new UsageError('No image has a class of the list; check the names or lower --auto.');
  return subjects;
}

async function search(
  { engine, tuned, labels, signal, printer }: Work,
  subjects: readonly TuneSubject[],
  options: TuneWords,
  varied: Varied,
): Promise<TuneResult> {
  const { judge, strategy } = options;
  const clip = await judgeOf(engine.context, judge, tuned);
  const result = await searchSubjects(
    engine.context,
    {
      tuned,
      judge,
      clip,
      subjects,
      strategy,
      ...varied,
      names: labels.classes.map(({ name }) => name),
      evaluations: numberIn(options.evaluations, '--evaluations', 1, 10_000),
      seed: numberIn(options.seed, '--seed', 0, 2 ** 32 - 1),
    },
    { signal, onProgress: ({ stage, done, total }) => printer.update({ stage, done, total }) },
  );
  return clip ? result : { ...result, judgeName: `${result.judgeName}: its own match` };
}

/** Writes the winner into a project; what it had before is printed, so that it can be set again. */
async function apply(engine: Engine, file: string, result: TuneResult): Promise<void> {
  if (!(await stat(file).catch(() => null))) throw new UsageError(`There is no project ${file}.`);
  await openAt(engine.context, file, null, { complete: true });
  const project = engine.context.open.writable();
  const previous = paramsOf(project);
  project.setMeta('params', JSON.stringify(withSetting(previous, result.best.setting)));
  tell(`Parameters before: ${JSON.stringify(previous)}`);
}

function numberIn(text: string, option: string, from: number, to: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= from && value <= to))
    throw new UsageError(`${option} takes a number from ${from} to ${to}, not ${text}.`);
  return value;
}
