// `salience prelabel`: a folder of images and class names in, a checked COCO file out.
// It runs the same job on the same kind of project file as the window, so either can go on with the other's.
import { warningEnglish } from '../../../api/said/exportWords.ts';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { BatchRequest, JobStatus } from '../../../api/job.ts';
import type { PrelabelParams } from '../../../api/run.ts';
import type { Engine } from '../../../engine/engine.ts';
import { runToEnd } from '../../../engine/jobs/runToEnd.ts';
import { openAt } from '../../../engine/opening/opening.ts';
import { fileError } from '../../../files/fileError.ts';
import { startEngine } from '../../startEngine.ts';
import { checkArtifactFolders, writeArtifacts } from '../artifacts/artifacts.ts';
import { counted } from '../../../link/words/counted.ts';
import { EXIT, onInterrupt, STOP } from '../terminal/exit.ts';
import { isTaken } from '../../../files/isTaken.ts';
import { checkReplaced, existsAlready, exportProject, resultPath } from '../exportProject.ts';
import { readImageArguments, type ImageArguments } from '../arguments/imageArguments.ts';
import { tell } from '../terminal/lines.ts';
import { goneWords, rememberPlace } from '../projectPlace.ts';
import { commandKey, isOwnResult, rememberResult } from './ownResult.ts';
import { requestsByLabels } from './imageLabels.ts';
import { conclude, sumOf, withProject } from './prelabelReport.ts';
import {
  jobRequest,
  otherNumbers,
  readAsked,
  readParams,
  type Asked,
  type PrelabelOptions,
} from './prelabelRequest.ts';
import type { ProgressPrinter } from '../terminal/progress.ts';
import { progressPrinter } from '../terminal/progress.ts';

/** Runs the command; resolves with the exit code. */
export async function prelabel(
  paths: readonly string[],
  options: PrelabelOptions,
): Promise<number> {
  const call = await readCall(paths, options);
  const printer = progressPrinter(process.stderr, options);
  const interrupt = onInterrupt(STOP.images, (line) => printer.line(line));
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
    return await inProject(engine, call, { signal: interrupt.signal, printer });
  } finally {
    interrupt.release();
    await engine.close();
  }
}

/** Everything that a call says, read before anything is opened. */
interface Call {
  readonly options: PrelabelOptions;
  readonly images: ImageArguments;
  readonly asked: Asked;
  readonly params: PrelabelParams;
  /** The result, with its ending. */
  readonly out: string;
  readonly isThere: boolean;
  readonly project: string;
  /** What decides the result, as one key. */
  readonly command: string;
}

async function readCall(paths: readonly string[], options: PrelabelOptions): Promise<Call> {
  const images = await readImageArguments(paths);
  const asked = await readAsked(options);
  const params = readParams(options);
  await checkArtifactFolders(options, images);
  const out = await resultPath(options.out, options.format);
  const project = resolve(options.project ?? `${out.replace(/\.json$/i, '')}.salience`);
  const isThere = await isTaken(out);
  if (isThere && !options.overwrite && !(await isTaken(project))) throw existsAlready(out);
  if (isThere) await checkReplaced(null, out, options.format);
  const { pack = '', merge, format } = options;
  const { wishes, auto, labels } = asked;
  const command = commandKey([
    images,
    { wishes, auto, labels: labels && [...labels], params, pack, merge, format },
  ]);
  return { options, images, asked, params, out, isThere, project, command };
}

interface Control {
  readonly signal: AbortSignal;
  readonly printer: ProgressPrinter;
}

async function inProject(engine: Engine, call: Call, control: Control): Promise<number> {
  const { options, images, asked, params, out, isThere, project, command } = call;
  const { signal, printer } = control;
  await mkdir(dirname(project), { recursive: true }).catch((error: unknown) => {
    throw fileError(error, dirname(project));
  });
  await openAt(engine.context, project, images.folder, { complete: true, signal });
  const isStillThere = await rememberPlace(project);
  const open = engine.context.open.get();
  const own = isThere && (await isOwnResult(open, { path: out, command }));
  if (isThere && !options.overwrite && !own) throw existsAlready(out);
  if (isThere && !own) await checkReplaced(open, out, options.format);
  const request = await jobRequest(engine, images, { ...asked, params }, options);
  const { wishes, labels } = asked;
  const { requests, unknown } = labels
    ? requestsByLabels(engine, request, labels)
    : { requests: [request], unknown: [] };
  const jobs = await runJobs(engine, call, requests, control);
  if (jobs === null) return EXIT.interrupted;
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
    signal,
    printer,
  }).catch((error: unknown) => {
    throw withProject(error, project);
  });
  const picturesFailed = await writeArtifacts(engine, options, control);
  printer.end();
  const kept = await isStillThere();
  const code = conclude(
    engine,
    jobs,
    {
      out,
      project: kept ? project : null,
      images: report.images,
      annotations: report.annotations,
      leftOut: report.leftOut + unknown.length,
      warnings: [
        ...otherNumbers(engine, wishes),
        ...unknown.map((name) => `The image labels name ${name}, which is not in the folder`),
        ...report.warnings.map(warningEnglish),
      ],
      picturesFailed,
    },
    options,
  );
  if (kept) return code;
  tell(goneWords(project));
  return EXIT.couldNotStart;
}

/** Runs the jobs of a call one after the other; null when Ctrl-C stopped them. */
async function runJobs(
  engine: Engine,
  { options, project }: Call,
  requests: readonly BatchRequest[],
  { signal, printer }: Control,
): Promise<JobStatus[] | null> {
  const jobs: JobStatus[] = [];
  for (const one of requests) {
    const show = overallProgress(printer, requests, jobs);
    const onStatus = options.quiet ? undefined : show;
    const { retryFailed } = options;
    jobs.push(await runToEnd(engine.context, one, { signal, retryFailed, onStatus }));
    if (!signal.aborted) continue;
    const finished = sumOf(jobs.map(({ done, empty }) => done + empty));
    printer.line(
      `Stopped: ${counted(finished, 'image is', 'images are')} done and kept in ${project}. Run the same command again to go on.`,
    );
    return null;
  }
  return jobs;
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
