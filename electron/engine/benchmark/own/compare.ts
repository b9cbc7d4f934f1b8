// Which engine and settings fit the masks that a person accepted: every installed pack with the project's
// settings, its own and the published ones, on reviewed images. What a model said of an image is kept, so that a
// stopped comparison goes on where it ended; nothing is written into the project.
import { createHash } from 'node:crypto';
import type {
  CompareChoice,
  CompareProgress,
  CompareRequest,
  CompareRow,
  CompareSupply,
} from '../../../api/compare.ts';
import { AppError, type ErrorPayload } from '../../../api/errors.ts';
import { FIRST_ENGINE } from '../../../link/engines/engines.ts';
import { spread } from '../../../api/rules/spread.ts';
import type { PrelabelParams, PromptClass } from '../../../api/run.ts';
import type { ImageId } from '../../../api/types.ts';
import { listPacks } from '../../../../models/packs/store.ts';
import type { ClassMask } from '../../../link/facts.ts';
import { paintInPlace } from '../../../masks/runs/bitmap.ts';
import type { EngineContext } from '../../context.ts';
import { plainProblem } from '../../images/plainProblem.ts';
import { paramsOf } from '../../opening/opening.ts';
import { packIn, packOf, type KnownPack } from '../../packs/packs.ts';
import { checkedParams } from '../../prelabel/params.ts';
import { tryMasks } from '../../prelabel/tryMasks.ts';
import { listCategories } from '../../project/classes/categories.ts';
import type { Project } from '../../project/project.ts';
import { subjectOf } from '../../tune/subjects.ts';
import { enginesOf } from '../engines.ts';
import { figuresOf, measureImage, type MeasuredImage } from '../figures.ts';
import { acceptedLabels, ownFacts, ownLabels, reviewedImages } from './accepted.ts';
import { layerSettings, LAYERS_FROM } from './layers.ts';
import type { SetFacts } from '../set.ts';

interface Choice {
  readonly shown: CompareChoice;
  readonly pack: KnownPack;
}

export async function compareSupply(
  context: EngineContext,
  project: Project,
): Promise<CompareSupply> {
  const choices = await choicesOf(context, project);
  return {
    images: reviewedImages(project).length,
    layersFrom: LAYERS_FROM,
    choices: choices.map(({ shown }) => shown),
  };
}

/** Every pack that an engine can run, with each source of settings. */
async function choicesOf(context: EngineContext, project: Project): Promise<Choice[]> {
  const own = paramsOf(project);
  const used = await packOf(context, project).catch(() => null);
  const choices: Choice[] = [];
  for (const { folder, builtIn, problem } of await listPacks(context.host.packs)) {
    if (problem !== null) continue;
    const pack = await packIn(folder, builtIn);
    const seen = new Set<string>();
    const layers = used?.id === pack.id ? await layerSettings(project, pack) : [];
    for (const engine of enginesOf(pack))
      for (const [settings, params] of [
        ...settingsFor(own, engine.id),
        ...(engine.id === FIRST_ENGINE ? layers : []),
      ]) {
        const key = keyOf([pack.packHash, checkedParams(params, pack.parameters)]);
        // The project's settings often are those of the pack: one row is enough.
        if (seen.has(key)) continue;
        seen.add(key);
        // Engines other than the first one choose their models by themselves.
        const isOwnPack = engine.id !== FIRST_ENGINE || used?.id === pack.id;
        const inUse = settings === 'project' && isOwnPack;
        const { id: packId, name: packName } = pack;
        const shown = { key, engine: engine.name, packId, packName, settings, params, inUse };
        choices.push({ shown, pack });
      }
  }
  return choices;
}

type Source = readonly [CompareChoice['settings'], PrelabelParams];

/** The project's settings are those of the engine that it uses. */
const settingsFor = (own: PrelabelParams, engine: string): Source[] => [
  ...((own.engine ?? FIRST_ENGINE) === engine ? [['project', own] as Source] : []),
  ['pack', { preset: 'pack', engine, overrides: {} }],
  ['reference', { preset: 'reference', engine, overrides: {} }],
];

const keyOf = (parts: unknown) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

/** Measures rows one after the other. Throws BAD_REQUEST where no image is reviewed. */
export async function compareEngines(
  context: EngineContext,
  project: Project,
  request: CompareRequest,
  {
    signal,
    onProgress,
  }: { readonly signal: AbortSignal; onProgress(progress: CompareProgress): void },
): Promise<CompareRow[]> {
  const images = spread(reviewedImages(project), request.images);
  if (images.length === 0)
    throw new AppError(
      'BAD_REQUEST',
      'No image is reviewed and has accepted masks. Accept masks in some images first.',
    );
  const wanted = new Set(request.choices);
  const choices = (await choicesOf(context, project)).filter(({ shown }) => wanted.has(shown.key));
  const total = choices.length * images.length;
  const facts = ownFacts(project, '');
  const rows: CompareRow[] = [];
  for (const choice of choices) {
    const row = await measureRow(
      context,
      project,
      { choice, images, request, facts },
      {
        signal,
        onImage: (done) =>
          onProgress({
            stage: `${choice.pack.name}: image ${done + 1} of ${images.length}`,
            done: rows.length * images.length + done,
            total,
            row: null,
          }),
      },
    );
    rows.push(row);
    onProgress({ stage: choice.pack.name, done: rows.length * images.length, total, row });
  }
  return rows;
}

interface RowPlan {
  readonly choice: Choice;
  readonly images: readonly ImageId[];
  readonly request: CompareRequest;
  readonly facts: SetFacts;
}

async function measureRow(
  context: EngineContext,
  project: Project,
  { choice, images, request, facts }: RowPlan,
  { signal, onImage }: { readonly signal: AbortSignal; onImage(done: number): void },
): Promise<CompareRow> {
  const { shown, pack } = choice;
  const params = checkedParams(shown.params, pack.parameters);
  const labelOf = ownLabels(project);
  const all = allClasses(project);
  const measured: MeasuredImage[] = [];
  const problems: ErrorPayload[] = [];
  let ms = 0;
  for (const [done, id] of images.entries()) {
    signal.throwIfAborted();
    onImage(done);
    try {
      const subject = await subjectOf(context, project, id, signal);
      const classes = request.classes === 'own' ? subject.classes : all;
      const { masks, facts: run } = await context.open
        .jobs()
        .interactive(() =>
          tryMasks(context, project, { ...subject, classes, pack, params }, { signal }),
        );
      ms += Object.values(run.milliseconds).reduce((sum, one) => sum + one, 0);
      const truth = acceptedLabels(project, id, labelOf);
      const found = foundLabels(masks, truth.labels.length, labelOf);
      measured.push(measureImage({ facts, boundary: false }, String(id), truth, found));
    } catch (error) {
      if (signal.aborted || !(error instanceof AppError)) throw error;
      problems.push(plainProblem(error));
      // One image may be damaged; whatever else stops this row would stop it at every image.
      if (!error.code.startsWith('IMAGE_')) break;
    }
  }
  const { meanIou, objects } = figuresOf(measured, facts, 'standard');
  return {
    key: shown.key,
    meanIou,
    objects,
    secondsPerImage: measured.length > 0 ? ms / 1000 / measured.length : 0,
    images: measured.length,
    failed: images.length - measured.length,
    problem: problems[0] ?? null,
  };
}

function allClasses(project: Project): PromptClass[] {
  return listCategories(project.store).map(({ id, name, prompt, synonyms, threshold }) => ({
    categoryId: id,
    name,
    prompt,
    synonyms,
    threshold,
  }));
}

function foundLabels(
  masks: readonly ClassMask[],
  pixels: number,
  labelOf: ReadonlyMap<number, number>,
): Uint16Array {
  const labels = new Uint16Array(pixels);
  for (const { categoryId, mask } of masks)
    paintInPlace(labels, mask, labelOf.get(categoryId) ?? 0);
  return labels;
}
