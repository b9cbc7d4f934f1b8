// A data set through the batch engine: a project of its own beside the report, one job over the images,
// and afterwards what every image adds to the scores. Killed or stopped, the same plan goes on.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { BatchRequest, JobFailure, JobStatus } from '../../api/job.ts';
import type { PrelabelParams } from '../../api/run.ts';
import type { CategoryId, ImageId } from '../../api/types.ts';
import { askedFacts, askingOf, askingOverrides } from './asked/asked.ts';
import { clipFilter, clipLabels, judgeName } from './select/clipFilter.ts';
import { resolveParams } from '../../link/presets.ts';
import { paintInPlace } from '../../masks/runs/bitmap.ts';
import type { EngineContext } from '../context.ts';
import type { Control } from '../dataset/types.ts';
import { itemsOf, jobFailures } from '../jobs/items.ts';
import { runToEnd } from '../jobs/runToEnd.ts';
import { requestHash } from '../jobs/selection.ts';
import { openAt } from '../opening/opening.ts';
import { packsFor } from '../packs/enginePacks.ts';
import { findPack, type KnownPack } from '../packs/packs.ts';
import { engineOf } from '../prelabel/params.ts';
import { annotationsOf } from '../project/annotations.ts';
import type { Project } from '../project/project.ts';
import { seededRandom } from '../tune/random.ts';
import { measureImage, type MeasuredImage } from './figures.ts';
import { layoutFault } from './layout.ts';
import { chosenLabels, sampled, type Selection } from './select/selection.ts';
import { checkImages, declareClasses, imagesOf } from './runProject.ts';
import type { OpenedSet, SetFacts } from './set.ts';
import { readTruth, surveyTruth, type ImageTruth } from './truth.ts';

export interface BenchmarkPlan {
  /** The project and the report go here. */
  readonly folder: string;
  readonly set: OpenedSet;
  readonly packId: string;
  readonly params: PrelabelParams;
  readonly selection: Selection;
  /** Only so many images, by chance; null = all. */
  readonly limit: { readonly images: number; readonly seed: number } | null;
  /** Ask for the published other words of a class as well. */
  readonly synonyms: boolean;
  readonly boundary: boolean;
  readonly retryFailed: boolean;
}

export interface BenchmarkControl extends Control {
  readonly signal: AbortSignal;
  readonly onStatus?: (job: JobStatus) => void;
}

export interface Measured {
  readonly images: readonly MeasuredImage[];
  readonly truths: readonly ImageTruth[];
  /** Images that nothing can be said of: they are in no score. */
  readonly failures: readonly JobFailure[];
  /** Images that a stop left undone. */
  readonly undone: number;
  readonly pack: KnownPack;
  /** The model that judges what the engine finds, where it is another one. */
  readonly judgePack: KnownPack | null;
  /** Who chose the classes, where a judge did. */
  readonly judge: string | null;
  readonly job: JobStatus;
  readonly params: PrelabelParams;
  readonly idOf: ReadonlyMap<string, ImageId>;
  /** Images of the job; the others had no class to ask for and are background everywhere. */
  readonly asked: ReadonlySet<ImageId>;
}

/** Which plan the masks in the project belong to. */
const PLAN = 'benchmark.plan';

/** The project of a benchmark, in its folder. */
export const projectIn = (folder: string) => join(folder, 'benchmark.salience');

/** Throws IMPORT_INVALID for what is wrong with the data set, before any image is run. */
export async function runBenchmark(
  context: EngineContext,
  plan: BenchmarkPlan,
  control: BenchmarkControl,
): Promise<Measured> {
  const { set, limit } = plan;
  const pack = await findPack(context, plan.packId);
  const items = limit ? sampled(set.items, limit.images, seededRandom(limit.seed).next) : set.items;
  const truths = await surveyTruth(set, items, control);
  const listed = chosenLabels(plan.selection, set.facts, truths);
  const filter =
    plan.selection.kind === 'clip'
      ? await clipFilter(context, set.facts, pack, plan.selection.confidence)
      : null;
  const { signal } = control;
  await openAt(context, projectIn(plan.folder), set.images, { complete: true, signal });
  const project = context.open.writable();
  const idOf = imagesOf(project, set, truths);
  await checkImages(context, project, { truths, idOf }, control);
  const asked = askedFacts(set.facts, askingFor(plan), plan.synonyms);
  declareClasses(project, asked);
  const params = paramsFor(plan);
  const labels = filter ? await clipLabels(context, project, { idOf, filter }, control) : listed;
  const request = requestOf(plan, { pack, params, labels, idOf });
  const { judge: judgePack } = await packsFor(context, engineOf(params), pack);
  const plain = requestHash(request, pack.packHash);
  forgetOthers(context, project, planKey([plain, judgePack?.packHash], asked));
  const { retryFailed } = plan;
  const job = await runToEnd(context, request, {
    signal,
    retryFailed,
    onStatus: control.onStatus,
  });
  return {
    ...(await measure(project, plan, { truths, idOf, job }, control)),
    pack,
    judgePack,
    judge: filter ? judgeName(filter) : null,
    params,
  };
}

/** How the engine of the call was published to ask the data set; null where it was not. */
export const askingFor = ({ set, params }: Pick<BenchmarkPlan, 'set' | 'params'>) =>
  askingOf(set.facts, params.engine);

/** Settings of the call over what the data set and the source of classes ask for. */
function paramsFor(plan: BenchmarkPlan): PrelabelParams {
  const { params, set, selection } = plan;
  const given = selection.kind !== 'all' && selection.kind !== 'match';
  return {
    ...params,
    overrides: {
      'masks.background': set.facts.background,
      // A class that is known to be there is painted however low its match is.
      ...(given ? { 'masks.absentBelow': 0 } : {}),
      ...askingOverrides(askingFor(plan), params.preset),
      ...params.overrides,
    },
  };
}

/** A plan asks by words, which stand in the class table and not in its request. */
const planKey = (plain: readonly unknown[], { classes }: SetFacts): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        plain,
        classes.map(({ prompt, synonyms, kind }) => [prompt, synonyms, kind]),
      ]),
    )
    .digest('hex');

/** What another plan left in the project is no part of this one: its masks were replaced or will be. */
function forgetOthers(context: EngineContext, project: Project, plan: string): void {
  if (project.meta(PLAN) === plan) return;
  const jobs = context.open.jobs();
  for (const { id } of jobs.list()) jobs.remove(id);
  project.setMeta(PLAN, plan);
}

function requestOf(
  { selection, set }: BenchmarkPlan,
  {
    pack,
    params,
    labels,
    idOf,
  }: Pick<Measured, 'pack' | 'params' | 'idOf'> & {
    readonly labels: ReadonlyMap<string, readonly number[]> | null;
  },
): BatchRequest {
  const asked = [...idOf].filter(([name]) => labels === null || labels.get(name)!.length > 0);
  if (asked.length === 0)
    throw layoutFault('No image has a class to ask for: the truth and the lists are empty.');
  const threshold = () => resolveParams('pack', pack.parameters).explain.matchThreshold;
  return {
    images: { kind: 'ids', ids: asked.map(([, id]) => id) },
    categoryIds: set.facts.classes.map(({ label }) => label as CategoryId),
    ...(labels
      ? {
          classesOf: Object.fromEntries(
            asked.map(([name, id]) => [id, labels.get(name) as readonly CategoryId[]]),
          ),
        }
      : {}),
    auto: selection.kind === 'match' ? { threshold: selection.threshold ?? threshold() } : null,
    params,
    packId: pack.id,
    merge: 'replaceProposals',
    thresholds: {},
  };
}

/** Compares what is done with the truth. An image without a class to ask for is background everywhere. */
async function measure(
  project: Project,
  { set, boundary }: BenchmarkPlan,
  { truths, idOf, job }: Pick<Measured, 'truths' | 'idOf' | 'job'>,
  { onProgress }: BenchmarkControl,
): Promise<Omit<Measured, 'pack' | 'judgePack' | 'judge' | 'params'>> {
  const { store } = project;
  const failures = jobFailures(store, job.id, 0, truths.length).failures;
  const { left, all } = itemsOf(store, job.id);
  const images: MeasuredImage[] = [];
  for (const truth of truths) {
    const { item } = truth;
    const id = idOf.get(item.name)!;
    if (left.has(id)) continue;
    const map = await readTruth(set, item);
    const found = predictedLabels(project, all, id, map);
    images.push(measureImage({ facts: set.facts, boundary }, item.name, map, found));
    onProgress?.({ stage: 'Compare masks', done: images.length, total: truths.length - left.size });
  }
  return { images, truths, failures, undone: left.size - failures.length, job, idOf, asked: all };
}

/** What was found in an image as labels, row-major; nothing where no class was asked for. */
export function predictedLabels(
  { store }: Project,
  asked: ReadonlySet<ImageId>,
  id: ImageId,
  { width, height }: { readonly width: number; readonly height: number },
): Uint16Array {
  const labels = new Uint16Array(width * height);
  if (!asked.has(id)) return labels;
  for (const { categoryId, mask } of annotationsOf(store, id))
    paintInPlace(labels, mask, categoryId);
  return labels;
}
