// `salience benchmark`: a published data set, or one's own, from the images to a row of a table.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join, relative, resolve } from 'node:path';
import type { PrelabelParams } from '../../../api/run.ts';
import { enginesOf } from '../../../engine/benchmark/engines.ts';
import { SETS } from '../../../engine/benchmark/registry.ts';
import { SET_WORDS } from '../../../engine/benchmark/setWords.ts';
import type { Fonts } from '../../../engine/benchmark/report/html.ts';
import { percent, ranWords, warnings } from '../../../engine/benchmark/report/words.ts';
import { SCORES_FILE, writeReport } from '../../../engine/benchmark/report/write.ts';
import type { BenchmarkResult } from '../../../engine/benchmark/result.ts';
import { readResult } from '../../../engine/benchmark/resultFile.ts';
import { projectIn, runBenchmark, type BenchmarkPlan } from '../../../engine/benchmark/run.ts';
import type { Engine } from '../../../engine/engine.ts';
import { packsFor } from '../../../engine/packs/enginePacks.ts';
import { findPack, type KnownPack } from '../../../engine/packs/packs.ts';
import { engineOf } from '../../../engine/prelabel/params.ts';
import { startEngine } from '../../startEngine.ts';
import { UsageError } from '../arguments/usageError.ts';
import { isTaken } from '../../../files/isTaken.ts';
import { say, sayJson } from '../terminal/lines.ts';
import { EXIT, onInterrupt, STOP } from '../terminal/exit.ts';
import { progressPrinter, type ProgressPrinter } from '../terminal/progress.ts';
import { checkSettings } from '../prelabel/prelabelRequest.ts';
import { commandLines, planParts, type BenchmarkWords } from './benchmarkPlan.ts';

/** Runs the command; resolves with the exit code. */
export async function benchmarkCommand(id: string, words: BenchmarkWords): Promise<number> {
  const known = SETS.find((one) => one.id === id);
  if (!known)
    throw new UsageError(
      `There is no data set "${id}". Known are: ${SETS.map((one) => one.id).join(', ')}.`,
    );
  const { root, truth, classesFile: classes } = words;
  if (root === undefined)
    throw new UsageError(`--root is missing: your copy of ${id}, ${SET_WORDS[known.id].layout}.`);
  const parts = await planParts(id, words);
  const printer = progressPrinter(process.stderr, words);
  const interrupt = onInterrupt(STOP.images, (line) => printer.line(line));
  const engine = await startEngine({
    kind: 'commandLine',
    log: (line) => {
      if (words.verbose) printer.line(line);
    },
  });
  engine.onEvent((event, payload) => {
    if (event === 'notice') printer.line((payload as { message: string }).message);
  });
  const { signal } = interrupt;
  try {
    const pack = await packOfCall(engine, words.pack, parts.params);
    checkEngine(parts.params, pack);
    await checkSettings(engine, parts.params, pack.id);
    await using set = await known.open({ root, truth, classes }, { signal });
    const command = commandLines(id, words, pack.id);
    const quick = parts.limit ? '-quick' : '';
    const folder = resolve(words.out ?? `benchmark-${id}-${pack.id}-${words.select}${quick}`);
    await checkFolder(folder, set.images, command, words.overwrite === true);
    const plan: BenchmarkPlan = { ...parts, folder, set, packId: pack.id };
    return await runAndReport(engine, plan, command, { words, signal, printer });
  } catch (error) {
    if (!signal.aborted) throw error;
    printer.line(STOP.images.stopped);
    return EXIT.interrupted;
  } finally {
    interrupt.release();
    await engine.close();
  }
}

/** The named pack, else one that the engine runs with. */
async function packOfCall(engine: Engine, id: string | undefined, params: PrelabelParams) {
  const { context } = engine;
  const pack = await findPack(context, id ?? '');
  return id === undefined ? (await packsFor(context, engineOf(params), pack)).explain : pack;
}

/** A pack is for some engines only. Throws UsageError. */
function checkEngine(params: PrelabelParams, pack: KnownPack): void {
  const { id, name } = engineOf(params);
  const able = enginesOf(pack);
  if (able.some((one) => one.id === id)) return;
  throw new UsageError(
    `${name} does not run with the pack ${pack.id}${able.length > 0 ? `, which is for ${able.map((one) => one.name).join(', ')}` : ''}; name another --pack or --engine.`,
  );
}

/** A folder has the report of one call; the same call goes on with it. */
async function checkFolder(
  folder: string,
  images: string,
  command: readonly string[],
  overwrite: boolean,
): Promise<void> {
  const inside = relative(images, folder);
  if (inside === '' || !(inside.startsWith('..') || resolve(inside) === inside))
    throw new UsageError(
      `${folder} lies among the images, which are only read; name another --out.`,
    );
  const file = join(folder, SCORES_FILE);
  if (overwrite || !(await isTaken(file))) return;
  const before = await readResult(file);
  if (before.command.join('\n') !== command.join('\n'))
    throw new UsageError(
      `${folder} has the report of another call (${before.command.join(' ')}). Name another --out, or add --overwrite to replace it.`,
    );
}

interface Control {
  readonly words: BenchmarkWords;
  readonly signal: AbortSignal;
  readonly printer: ProgressPrinter;
}

async function runAndReport(
  engine: Engine,
  plan: BenchmarkPlan,
  command: readonly string[],
  { words, signal, printer }: Control,
): Promise<number> {
  const measured = await runBenchmark(engine.context, plan, {
    signal,
    onProgress: (progress) => printer.update(progress),
    onStatus: (job) =>
      printer.update({
        stage: 'Pre-labelling',
        done: job.done + job.empty + job.failed,
        total: job.total,
        failed: job.failed,
        imagesPerSecond: job.imagesPerSecond,
        secondsLeft: job.secondsLeft,
        provider: job.provider,
      }),
  });
  const fonts = await reportFonts();
  const result = await writeReport(engine.context, plan, measured, { command, fonts });
  printer.end();
  conclude(result, plan, words.json === true);
  if (result.undone > 0) return EXIT.interrupted;
  return result.failures.length > 0 ? EXIT.someFailed : EXIT.ok;
}

function conclude(result: BenchmarkResult, { folder }: BenchmarkPlan, json: boolean): void {
  const file = (name: string) => join(folder, name);
  if (json) return sayJson({ ...result, folder });
  const { headline, protocols } = result;
  const other = headline === 'reference' ? 'standard' : 'reference';
  say(result.title);
  say(ranWords(result));
  for (const line of warnings(result)) say(line);
  for (const protocol of [headline, other] as const) {
    const { meanIou, objects, pixelAccuracy } = protocols[protocol];
    say(
      `mIoU ${percent(meanIou).padStart(5)} (${protocol} protocol; objects ${percent(objects)}, pixel accuracy ${percent(pixelAccuracy)})`,
    );
  }
  for (const { row, classes, protocol, meanIou } of result.published)
    say(`     ${meanIou.toFixed(1).padStart(5)} ${row} (${protocol} protocol; ${classes})`);
  for (const { name, message } of result.failures) say(`  failed  ${name}: ${message}`);
  say(
    `Report         ${file('report.html')}  (open it in a browser; ${basename(folder)}/report.md is the same as text)`,
  );
  say(`For a table    salience benchmark table ${file(SCORES_FILE)} ...`);
  say(`Project        ${projectIn(folder)}  (open it in Salience to see the masks)`);
}

/** The faces of the window; a checkout without them has a report in those of the system. */
async function reportFonts(): Promise<Fonts> {
  const require = createRequire(import.meta.url);
  const face = async (family: string, file: string): Promise<Fonts> => {
    try {
      return [{ family, woff2: await readFile(require.resolve(file)) }];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
      return [];
    }
  };
  return [
    ...(await face('Salience', '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2')),
    ...(await face(
      'Salience Mono',
      '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
    )),
  ];
}
