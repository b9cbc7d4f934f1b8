// `salience prelabel`: a folder of images and class names in, a checked COCO file out.
// It runs the same job on the same kind of project file as the window, so either can go on with the other's.
import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { AppError } from '../../../api/errors.ts';
import type { BatchRequest, JobStatus } from '../../../api/types.ts';
import type { Engine } from '../../../engine/engine.ts';
import { openAt } from '../../../engine/opening/opening.ts';
import { startEngine } from '../../startEngine.ts';
import { checkArtifactFolders, writeArtifacts } from '../artifacts/artifacts.ts';
import { EXIT, onInterrupt } from '../exit.ts';
import { existsAlready, exportProject } from '../exportProject.ts';
import { readImageArguments } from '../arguments/imageArguments.ts';
import { commandKey, isOwnResult, rememberResult } from './ownResult.ts';
import { conclude, sumOf } from './prelabelReport.ts';
import {
  jobRequest,
  readAsked,
  readParams,
  requestsByLabels,
  type PrelabelOptions,
} from './prelabelRequest.ts';
import type { ProgressPrinter } from '../progress.ts';
import { progressPrinter } from '../progress.ts';

const EVERY_STATUS_MS = 200;

/** Runs the command; resolves with the exit code. */
export async function prelabel(
  paths: readonly string[],
  options: PrelabelOptions,
): Promise<number> {
  const images = await readImageArguments(paths);
  const { wishes, auto, labels } = await readAsked(options);
  const params = readParams(options);
  checkArtifactFolders(options, images);
  const out = resolve(options.out);
  const project = resolve(options.project ?? `${out.replace(/\.json$/i, '')}.salience`);
  const isThere = await exists(out);
  if (isThere && !options.overwrite && !(await exists(project))) throw existsAlready(options.out);
  const { pack = '', merge, format } = options;
  const command = commandKey([
    images,
    { wishes, auto, labels: labels && [...labels], params, pack, merge, format },
  ]);
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
    await mkdir(dirname(project), { recursive: true });
    await openAt(engine.context, project, images.folder, {
      complete: true,
      signal: interrupt.signal,
    });
    const open = engine.context.open.get();
    const own = isThere && (await isOwnResult(open, { path: out, command }));
    if (isThere && !options.overwrite && !own) throw existsAlready(options.out);
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
      overwrite: options.overwrite === true || own,
      job: {
        imageIds: request.images.kind === 'ids' ? new Set(request.images.ids) : null,
        packId: request.packId,
        preset: options.preset,
        onFinished: (finished) => rememberResult(open, finished, { path: out, command }),
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

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
