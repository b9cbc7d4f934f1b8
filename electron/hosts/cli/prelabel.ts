// `salience prelabel`: a folder of images and class names in, a checked COCO file out.
// It runs the same job on the same kind of project file as the window, so either can go on with the other's.
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../../api/errors.ts';
import type {
  BatchRequest,
  CategoryId,
  ImageId,
  JobStatus,
  Json,
  MergePolicy,
  PrelabelParams,
} from '../../api/types.ts';
import type { Engine } from '../../engine/engine.ts';
import { openAt } from '../../engine/opening.ts';
import { jobFailures } from '../../engine/jobs/rows.ts';
import { findPack } from '../../engine/prelabel/packs.ts';
import { addCategories, listCategories, saveCategories } from '../../engine/project/categories.ts';
import { resolveParams } from '../../inference/pipeline/presets.ts';
import { startEngine } from '../startEngine.ts';
import type { ArtifactFolders } from './artifacts.ts';
import { writeArtifacts } from './artifacts.ts';
import type { ClassOptions, ClassWish, ImageLabels } from './classList.ts';
import { readClasses, readImageLabels } from './classList.ts';
import { EXIT, onInterrupt, UsageError } from './exit.ts';
import { exportProject } from './exportProject.ts';
import type { ImageArguments } from './imageArguments.ts';
import { isAsked, readImageArguments } from './imageArguments.ts';
import { parseOverride } from './overrides.ts';
import type { ProgressPrinter } from './progress.ts';
import { duration, progressPrinter } from './progress.ts';

export interface PrelabelOptions extends ClassOptions, ArtifactFolders {
  readonly out: string;
  readonly project?: string;
  readonly pack?: string;
  readonly preset: PrelabelParams['preset'];
  /** `name=value` pairs over the preset. */
  readonly set?: readonly string[];
  readonly format: string;
  /** Choose the classes present by match probability; true = at 0.5. */
  readonly auto?: boolean | string;
  readonly threshold?: string;
  readonly merge: MergePolicy;
  readonly retryFailed?: boolean;
  readonly overwrite?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

const EVERY_STATUS_MS = 200;

/** Runs the command; resolves with the exit code. */
export async function prelabel(
  paths: readonly string[],
  options: PrelabelOptions,
): Promise<number> {
  const images = await readImageArguments(paths);
  const { wishes, auto, labels } = await readWishes(options);
  const params = readParams(options);
  const out = resolve(options.out);
  if (!options.overwrite && (await exists(out))) {
    throw new UsageError(
      `${options.out} exists. Name another file, or add --overwrite to replace it.`,
    );
  }
  const printer = progressPrinter(process.stderr, options.json === true);
  const interrupt = onInterrupt((line) => printer.line(line));
  const engine = await startEngine({
    kind: 'commandLine',
    log: (line) => {
      if (options.verbose) printer.line(line);
    },
  });
  engine.onEvent((event, payload) => {
    if (event === 'notice') printer.line((payload as { message: string }).message);
  });
  try {
    const project = resolve(options.project ?? `${out.replace(/\.json$/i, '')}.salience`);
    await mkdir(dirname(project), { recursive: true });
    await openAt(engine.context, project, images.folder, {
      complete: true,
      signal: interrupt.signal,
    });
    const request = await jobRequest(engine, images, { wishes, auto, params }, options);
    const requests = labels ? requestsByLabels(engine, request, labels) : [request];
    const jobs: JobStatus[] = [];
    for (const one of requests) {
      const show = overallProgress(printer, requests, jobs);
      jobs.push(await runJob(engine, one, interrupt.signal, show, options));
      if (!interrupt.signal.aborted) continue;
      const finished = sumOf(jobs.map(({ done, empty }) => done + empty));
      printer.line(
        `Stopped: ${finished} images are done and kept in ${project}. Run the same command again to go on.`,
      );
      return EXIT.interrupted;
    }
    const report = await exportProject(engine, {
      format: options.format,
      out,
      overwrite: options.overwrite === true,
      job: {
        imageIds: request.images.kind === 'ids' ? new Set(request.images.ids) : null,
        packId: request.packId,
        preset: options.preset,
      },
      signal: interrupt.signal,
      printer,
    });
    await writeArtifacts(engine, options, { signal: interrupt.signal, printer });
    printer.end();
    return conclude(
      engine,
      jobs,
      {
        out,
        project,
        images: report.images,
        annotations: report.annotations,
        warnings: report.warnings,
      },
      options,
    );
  } finally {
    interrupt.release();
    await engine.close();
  }
}

/** Match from which a class counts as present; 'pack' = as the pack says, null = all are asked for. */
type Auto = number | 'pack' | null;

/** What is asked, and of which images: one list for all, or labels per image. */
async function readWishes(
  options: PrelabelOptions,
): Promise<{ wishes: ClassWish[]; auto: Auto; labels: ImageLabels | null }> {
  const { auto } = options;
  const threshold =
    auto === undefined || auto === false ? null : auto === true ? 'pack' : Number(auto);
  if (typeof threshold === 'number' && !(threshold > 0 && threshold < 1))
    throw new UsageError(`--auto takes a probability between 0 and 1, not ${String(auto)}.`);
  if (options.imageLabels === undefined) {
    return { wishes: await readClasses(options), auto: threshold, labels: null };
  }
  if (options.classes ?? options.classesFile ?? options.cocoCategories) {
    throw new UsageError(
      '--image-labels names the classes already; leave the other class options out.',
    );
  }
  return { ...(await readImageLabels(options.imageLabels)), auto: threshold };
}

/** Settings of the call, read before anything is opened. */
function readParams(options: PrelabelOptions): PrelabelParams {
  const overrides: Record<string, Json> = Object.fromEntries(
    (options.set ?? []).map(parseOverride),
  );
  if (options.threshold !== undefined)
    overrides['masks.threshold'] = numberOf('--threshold', options.threshold);
  return { preset: options.preset, overrides };
}

/** Writes the classes into the project and says what the job is about. */
async function jobRequest(
  engine: Engine,
  images: ImageArguments,
  { wishes, auto, params }: { wishes: readonly ClassWish[]; auto: Auto; params: PrelabelParams },
  options: PrelabelOptions,
): Promise<BatchRequest> {
  const { store } = engine.context.open.get();
  const known = new Map(
    listCategories(store).map((category) => [category.name.toLowerCase(), category]),
  );
  const free = wishes.filter(({ name }) => !known.has(name.toLowerCase()));
  const added = addCategories(
    store,
    free.map(({ name }) => name),
    free.map(({ id }) => id),
  );
  const idOf = new Map(free.map((wish, index) => [wish.name, added[index] as CategoryId]));
  const present = listCategories(store);
  const categoryIds = wishes.map(
    (wish) => idOf.get(wish.name) ?? (known.get(wish.name.toLowerCase())?.id as CategoryId),
  );
  saveCategories(
    store,
    wishes.map((wish, index) => {
      const category = present.find(({ id }) => id === categoryIds[index]);
      if (!category)
        throw new AppError('CATEGORY_UNKNOWN', `The class ${wish.name} could not be added.`);
      const prompt = wish.prompt === wish.name ? '' : wish.prompt;
      return {
        ...category,
        prompt,
        synonyms: wish.synonyms,
        kind: wish.kind,
        supercategory: wish.supercategory || category.supercategory,
      };
    }),
  );
  return {
    images:
      images.names === null ? { kind: 'all' } : { kind: 'ids', ids: askedIds(engine, images) },
    categoryIds,
    auto: auto === null ? null : { threshold: await matchFrom(engine, auto, options.pack ?? '') },
    params,
    packId: options.pack ?? '',
    merge: options.merge,
    thresholds: {},
  };
}

/** The pack's own threshold holds in every preset: it says how the model's scores are spread. */
async function matchFrom(engine: Engine, auto: number | 'pack', packId: string): Promise<number> {
  if (auto !== 'pack') return auto;
  const { parameters } = await findPack(engine.context, packId);
  return resolveParams('pack', parameters).explain.matchThreshold;
}

/** One request per set of classes; images without labels are left out. */
function requestsByLabels(
  engine: Engine,
  request: BatchRequest,
  labels: ImageLabels,
): BatchRequest[] {
  const { store } = engine.context.open.get();
  const idOf = new Map(listCategories(store).map(({ id, name }) => [name.toLowerCase(), id]));
  const asked = request.images.kind === 'ids' ? new Set(request.images.ids) : null;
  const groups = new Map<string, { categoryIds: CategoryId[]; ids: ImageId[] }>();
  for (const { id, name } of store.all<{ id: number; name: string }>(
    'SELECT id, name FROM image ORDER BY sort, id',
  )) {
    const classes = labels.get(name);
    if (!classes || classes.length === 0 || (asked && !asked.has(id as ImageId))) continue;
    const categoryIds = classes
      .map((one) => idOf.get(one.toLowerCase()) as CategoryId)
      .sort((a, b) => a - b);
    const group = groups.get(categoryIds.join()) ?? { categoryIds, ids: [] };
    group.ids.push(id as ImageId);
    groups.set(categoryIds.join(), group);
  }
  if (groups.size === 0)
    throw new UsageError('No image of the folder is named in the file of image labels.');
  return [...groups.values()].map(({ categoryIds, ids }) => ({
    ...request,
    categoryIds,
    images: { kind: 'ids', ids },
  }));
}

function askedIds(engine: Engine, images: ImageArguments): ImageId[] {
  const rows = engine.context.open
    .get()
    .store.all<{ id: number; name: string }>('SELECT id, name FROM image');
  const ids = rows.filter(({ name }) => isAsked(name, images)).map(({ id }) => id as ImageId);
  if (ids.length === 0)
    throw new UsageError('None of the named files is an image that can be read.');
  return ids;
}

/** `masks.blur=0.03` and the like; the engine checks names and ranges. */
function numberOf(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new UsageError(`${option} takes a number, not ${text}.`);
  return value;
}

/** Shows one job as part of all: labels per image make a job for each set of classes, which is nobody's concern. */
function overallProgress(
  printer: ProgressPrinter,
  requests: readonly BatchRequest[],
  finished: readonly JobStatus[],
): (job: JobStatus) => void {
  const named = sumOf(
    requests.map(({ images }) => (images.kind === 'ids' ? images.ids.length : 0)),
  );
  return (job) =>
    printer.update({
      stage: 'Pre-labelling',
      done: sumOf([...finished, job].map(endedOf)),
      total: requests.length > 1 ? named : job.total,
      failed: sumOf([...finished, job].map(({ failed }) => failed)),
      imagesPerSecond: job.imagesPerSecond,
      // Of this job alone: the time left is known once it is the last one.
      secondsLeft: finished.length === requests.length - 1 ? job.secondsLeft : null,
      provider: job.provider,
    });
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
const endedOf = ({ done, empty, failed, skipped }: JobStatus) => done + empty + failed + skipped;

async function runJob(
  engine: Engine,
  request: BatchRequest,
  signal: AbortSignal,
  showStatus: (job: JobStatus) => void,
  options: PrelabelOptions,
): Promise<JobStatus> {
  const jobs = engine.context.open.jobs();
  let job = await jobs.start(request, 'commandLine');
  if (job.state === 'paused') job = jobs.resume(job.id);
  if (options.retryFailed && job.failed > 0) job = jobs.retryFailed(job.id);
  const show = () => showStatus(jobs.status(job.id));
  const timer = options.quiet ? null : setInterval(show, EVERY_STATUS_MS);
  const stop = () => jobs.pause(job.id);
  signal.addEventListener('abort', stop, { once: true });
  try {
    job = await jobs.settled(job.id);
  } finally {
    if (timer) clearInterval(timer);
    signal.removeEventListener('abort', stop);
  }
  if (!options.quiet) show();
  if (job.state !== 'done' && !signal.aborted) {
    throw new AppError(
      'JOB_STATE',
      `The job stopped: ${job.reason ?? job.state}. What is done is kept; run the same command again to go on.`,
    );
  }
  return job;
}

interface Result {
  readonly out: string;
  readonly project: string;
  readonly images: number;
  readonly annotations: number;
  readonly warnings: readonly string[];
}

/** Says what came out: failures with their reasons last, so that they are read. */
function conclude(
  engine: Engine,
  jobs: readonly JobStatus[],
  result: Result,
  options: PrelabelOptions,
): number {
  const { store } = engine.context.open.get();
  const failures = jobs.flatMap(({ id }) => jobFailures(store, id, 0, 1000).failures);
  const sum = (of: (job: JobStatus) => number) => sumOf(jobs.map(of));
  const counts = {
    images: sum(({ total }) => total),
    done: sum(({ done }) => done),
    empty: sum(({ empty }) => empty),
    skipped: sum(({ skipped }) => skipped),
    failed: sum(({ failed }) => failed),
    doubtful: sum(({ doubtful }) => doubtful),
    seconds: sum(
      ({ startedAt, finishedAt }) =>
        (Date.parse(finishedAt ?? startedAt) - Date.parse(startedAt)) / 1000,
    ),
  };
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ ...result, job: counts, provider: jobs[0]?.provider ?? null, failures, folders: folders(options) })}\n`,
    );
  } else {
    for (const warning of result.warnings) console.log(`Note: ${warning}`);
    const parts = [
      `${counts.done} with masks`,
      `${counts.empty} without`,
      ...(counts.skipped ? [`${counts.skipped} skipped`] : []),
      ...(counts.failed ? [`${counts.failed} failed`] : []),
    ];
    console.log(`${counts.images} images in ${duration(counts.seconds)}: ${parts.join(', ')}.`);
    if (counts.doubtful > 0)
      console.log(
        `${counts.doubtful} ${counts.doubtful === 1 ? 'mask is' : 'masks are'} doubtful; look there first.`,
      );
    for (const { name, message } of failures) console.log(`  failed  ${name}: ${message}`);
    console.log(
      `COCO file      ${result.out}  (${result.annotations} annotations, read back and equal)`,
    );
    for (const [what, folder] of Object.entries(folders(options)))
      console.log(`${what.padEnd(14)} ${folder}`);
    console.log(`Project        ${result.project}  (open it in Salience to review)`);
  }
  return counts.failed > 0 ? EXIT.someFailed : EXIT.ok;
}

const folders = (options: ArtifactFolders): Record<string, string> =>
  Object.fromEntries(
    [
      ['Overlays', options.overlays],
      ['Masks', options.masks],
      ['Maps', options.maps],
    ].flatMap(([what, folder]) =>
      folder === undefined || what === undefined ? [] : [[what, join(resolve(folder))]],
    ),
  );

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
