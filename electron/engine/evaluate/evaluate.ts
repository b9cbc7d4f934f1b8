// Compares predicted masks with true ones over a whole data set, image by image in flat memory.
import { AppError } from '../../api/errors.ts';
import { throwIfAborted } from '../dataset/types.ts';
import type { Control, DatasetImage } from '../dataset/types.ts';
import {
  addInstances,
  instanceScores,
  type InstanceScores,
  type InstanceSums,
} from './instances.ts';
import { bandsOf, pairsOf, sumOfImages, VOID, type ImageScore } from './imageScore.ts';
import { isCocoPath, openLabels } from './labelSource.ts';
import type { LabelSource } from './labelSource.ts';
import type { Protocol, Scores } from './scores.ts';

export interface EvaluateOptions extends Control {
  /** COCO file or folder of PNG masks. */
  readonly pred: string;
  readonly truth: string;
  readonly protocol: Protocol;
  /** Count background (label 0) as a class. Default yes; no for data sets without background. */
  readonly background?: boolean;
  /** Boundary IoU takes longer than all other scores together. Default yes. */
  readonly boundary?: boolean;
  /** Average precision of objects as COCO computes it. Default no: both sides must be COCO files. */
  readonly instances?: boolean;
}

export interface Evaluation extends Scores {
  /** Of objects; null where it was not asked for. */
  readonly instances: InstanceEvaluation | null;
  readonly protocol: Protocol;
  readonly images: number;
  /** In the truth but not in the prediction: counted as predicted background everywhere. */
  readonly missingImages: readonly string[];
  /** In the prediction but not in the truth: left out. */
  readonly extraImages: readonly string[];
  /** Classes of the prediction that the truth does not know: their pixels count as wrong. */
  readonly unknownClasses: readonly string[];
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

export type InstanceEvaluation = Omit<InstanceScores, 'classes'> & {
  readonly classes: readonly (InstanceScores['classes'][number] & { readonly name: string })[];
};

/** Throws IMPORT_INVALID when a source cannot be read, sizes differ or no image is in both. */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const byStem = !isCocoPath(options.truth) || !isCocoPath(options.pred);
  await using truth = await openLabels(options.truth, byStem, options);
  await using pred = await openLabels(options.pred, byStem, options);
  const { background = true, boundary = true, protocol } = options;
  const table = classTable(truth, pred);
  const rules = { protocol, background };
  const objects = options.instances ? instanceCounter(truth, pred, table) : null;
  const images: ImageScore[] = [];
  const missing: string[] = [];
  const predicted = new Set(pred.names);
  if (!truth.names.some((imageName) => predicted.has(imageName)))
    throw new AppError(
      'IMPORT_INVALID',
      `no image is in both; the truth has ${example(truth.names[0])}, the prediction ${example(pred.names[0])}`,
    );
  for (const imageName of truth.names) {
    throwIfAborted(options);
    const real = await truth.read(imageName, table.truthLabel);
    const { width, height } = real;
    if (!predicted.has(imageName)) missing.push(imageName);
    const guess = predicted.has(imageName)
      ? await pred.read(imageName, table.predLabel)
      : { labels: new Uint16Array(width * height), width, height };
    if (guess.width !== width || guess.height !== height)
      throw new AppError(
        'IMPORT_INVALID',
        `${imageName} is ${guess.width} x ${guess.height} px in the prediction and ${width} x ${height} px in the truth`,
      );
    images.push({
      pairs: pairsOf(real, guess.labels, table.names.length),
      bands: boundary ? bandsOf(real, guess.labels, table.names.length, rules) : null,
    });
    await objects?.add(imageName, predicted.has(imageName));
    const total = truth.names.length;
    options.onProgress?.({ stage: 'Compare masks', done: images.length, total });
  }
  const real = new Set(truth.names);
  return {
    ...sumOfImages(images, table.names, rules),
    instances: objects?.scores() ?? null,
    protocol,
    images: truth.names.length,
    missingImages: missing,
    extraImages: pred.names.filter((imageName) => !real.has(imageName)),
    unknownClasses: table.unknown,
    problems: [
      ...truth.problems.map((p) => ({ ...p, path: `truth ${p.path}` })),
      ...pred.problems.map((p) => ({ ...p, path: `prediction ${p.path}` })),
    ],
  };
}

function example(imageName: string | undefined): string {
  return imageName === undefined ? 'no image' : `for example ${JSON.stringify(imageName)}`;
}

interface ClassTable {
  /** By label; 0 is background. */
  readonly names: readonly string[];
  readonly truthLabel: (categoryId: number) => number;
  readonly predLabel: (categoryId: number) => number;
  readonly unknown: readonly string[];
}

/** Labels follow the truth's categories; the prediction's are matched by name. */
function classTable(truth: LabelSource, pred: LabelSource): ClassTable {
  // A mask folder without classes.json counts pixel values as category ids of the other side.
  const categories = truth.categories ?? pred.categories;
  if (!categories)
    throw new AppError(
      'IMPORT_INVALID',
      'neither side names its classes; put a classes.json beside the masks or give a COCO file',
    );
  const byId = new Map(categories.map((c, i) => [c.id, i + 1]));
  const byName = new Map(categories.map((c, i) => [c.name, i + 1]));
  const ofPred = new Map((pred.categories ?? []).map((c) => [c.id, byName.get(c.name)]));
  return {
    names: ['background', ...categories.map((c) => c.name)],
    truthLabel: (id) => byId.get(id) ?? VOID,
    predLabel: (id) => (pred.categories ? ofPred.get(id) : byId.get(id)) ?? VOID - 1,
    unknown: (pred.categories ?? []).filter((c) => !byName.has(c.name)).map((c) => c.name),
  };
}

/** Counts objects image by image. Throws IMPORT_INVALID where a side has no objects. */
function instanceCounter(truth: LabelSource, pred: LabelSource, table: ClassTable) {
  const [real, found] = [truth.objects, pred.objects];
  if (!real || !found)
    throw new AppError(
      'IMPORT_INVALID',
      'instances are compared from COCO files on both sides; a folder of masks has no objects',
    );
  const sums: InstanceSums = new Map();
  const ofImage = ({ annotations }: DatasetImage, label: (categoryId: number) => number) =>
    annotations.map(({ categoryId, mask, isCrowd, score }) => ({
      label: label(categoryId),
      mask,
      isCrowd,
      score: score ?? 1,
    }));
  return {
    async add(imageName: string, isPredicted: boolean): Promise<void> {
      const guess = isPredicted ? ofImage(await found(imageName), table.predLabel) : [];
      // Objects of classes that the truth does not know have no true object to be compared with.
      const known = guess.filter(({ label }) => label < table.names.length);
      addInstances(sums, ofImage(await real(imageName), table.truthLabel), known);
    },
    scores(): InstanceEvaluation {
      const { classes, ...means } = instanceScores(sums);
      const named = classes.map((one) => ({ ...one, name: table.names[one.label] ?? '' }));
      return { ...means, classes: named };
    },
  };
}
