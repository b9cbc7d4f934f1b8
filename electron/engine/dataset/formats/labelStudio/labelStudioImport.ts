// Reads Label Studio's JSON and JSON-MIN: brushes, polygons, rectangles and ellipses of every task.
// It takes one of several people's annotations and keeps predictions as proposals; notes say both.
import { AppError } from '../../../../api/errors.ts';
import type { Json } from '../../../../api/types.ts';
import type { WantedImage } from '../../imageNames.ts';
import type { Problems } from '../../problems.ts';
import type { JsonObject } from '../../types.ts';
import type { ImportFormat } from '../format.ts';
import { listOf, objectOf, objectsIn, readJsonFile, textOf } from '../reading/jsonFile.ts';
import { openLabelSource } from '../reading/labelledImages.ts';
import type { FoundObject, LabelledImage } from '../reading/labelledImages.ts';
import { readRegions, sizeOfRegions } from './labelStudioRegions.ts';

/** `data` keys that hold the image, most usual first. */
const IMAGE_KEYS = ['image', 'img', 'image_url', 'url', 'ocr', 'photo', 'picture'];
const MAX_ADDRESS = 8192;
const IMAGE_ENDING = /\.(jpe?g|jpe|jfif|png|webp|gif|bmp|tiff?|avif)(?=$|[?#&])/i;

export const labelStudioImport: ImportFormat = {
  id: 'label-studio',
  title: 'Label Studio JSON',
  note: 'Brushes, polygons, boxes and ellipses of JSON and JSON-MIN; scores and answers are kept. Predictions become proposals; of several annotations one is taken.',
  kind: 'file',
  async open(path, options) {
    const root = await readJsonFile(path);
    const tasks = Array.isArray(root) ? listOf(root) : objectOf(root) ? [root] : [];
    if (tasks.length === 0)
      throw new AppError(
        'IMPORT_INVALID',
        `holds no tasks; export "JSON" from Label Studio: ${path}`,
      );
    const source = {
      path,
      stage: 'Read Label Studio tasks',
      async *images(problems: Problems) {
        for (const [i, task] of tasks.entries()) {
          const image = await taskOf(task, `$[${i}]`, problems);
          if (image) yield image;
        }
      },
    };
    return openLabelSource(source, options);
  },
};

function taskOf(value: Json, place: string, problems: Problems): LabelledImage | null {
  const task = objectOf(value);
  if (!task) return problems.skip(place, 'is no task; expected an object');
  const data = objectOf(task['data']) ?? task;
  const address = imageIn(data);
  if (address === null) return problems.skip(`${place}.data`, 'names no image');
  if (address.length > MAX_ADDRESS)
    return problems.skip(
      `${place}.data`,
      'holds the image itself or no address; export tasks with files',
    );
  const chosen = task['data'] ? chooseVersion(task, place, problems) : minimalVersion(task);
  return {
    place: `${place} (${address.slice(-80)})`,
    wanted: wantedOf(address),
    size: sizeOfRegions(chosen.regions),
    isEmpty: chosen.regions.length === 0,
    objects: async (size, report) =>
      (await readRegions(chosen.regions, size, { place: `${place}.${chosen.at}`, report })).map(
        (object): FoundObject => ({ ...object, isProposal: chosen.isPrediction }),
      ),
  };
}

function imageIn(data: JsonObject): string | null {
  for (const key of IMAGE_KEYS) {
    const text = textOf(data[key]);
    if (text !== null) return text;
  }
  const texts = Object.values(data).flatMap((value) => textOf(value) ?? []);
  return texts.find((text) => IMAGE_ENDING.test(text)) ?? null;
}

/** Addresses of uploads carry eight letters before the name; those of local storage a `?d=` before the path. */
function wantedOf(address: string): WantedImage {
  const local = /[?&]d=([^&#]*)/.exec(address)?.[1];
  const path = local === undefined ? address.replace(/[?#].*$/s, '') : local;
  const plain = decoded(path);
  const upload = plain.replace(/(^|\/)[0-9a-f]{8}-(?=[^/]+$)/, '$1');
  return { paths: upload === plain ? [plain] : [plain, upload], stems: [] };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

interface Version {
  readonly regions: readonly JsonObject[];
  /** Where in the task they stand. */
  readonly at: string;
  readonly isPrediction: boolean;
}

/** The ground truth, else the newest annotation that was not cancelled, else the newest prediction. */
function chooseVersion(task: JsonObject, place: string, problems: Problems): Version {
  const key =
    task['annotations'] === undefined && task['completions'] ? 'completions' : 'annotations';
  const all = objectsIn(task[key]);
  const sound = all.filter((one) => one['was_cancelled'] !== true && one['skipped'] !== true);
  const predictions = objectsIn(task['predictions']);
  const chosen = sound.find((one) => one['ground_truth'] === true) ?? newest(sound);
  if (chosen) {
    if (sound.length > 1)
      problems.leaveOut(
        `${place}.${key}`,
        `${sound.length - 1} of ${sound.length} annotations of this task are left out: one is taken, the ground truth or else the newest`,
      );
    if (predictions.some((one) => objectsIn(one['result']).length > 0))
      problems.repair(`${place}.predictions`, 'are not imported: the task has an annotation');
    return {
      regions: objectsIn(chosen['result']),
      at: `${key}[${all.indexOf(chosen)}].result`,
      isPrediction: false,
    };
  }
  const prediction = newest(predictions);
  if (!prediction) return { regions: [], at: key, isPrediction: false };
  problems.repair(
    `${place}.predictions`,
    'has no annotation; its prediction is imported as proposals',
  );
  return {
    regions: objectsIn(prediction['result']),
    at: `predictions[${predictions.indexOf(prediction)}].result`,
    isPrediction: true,
  };
}

function newest(versions: readonly JsonObject[]): JsonObject | undefined {
  const time = (one: JsonObject) =>
    Date.parse(textOf(one['updated_at']) ?? textOf(one['created_at']) ?? '') || 0;
  return versions.toSorted((a, b) => time(b) - time(a))[0];
}

/** JSON-MIN has the values of its regions under the name of each control. */
function minimalVersion(task: JsonObject): Version {
  const regions = Object.entries(task).flatMap(([, value]) =>
    objectsIn(value)
      .filter((one) => 'original_width' in one)
      .map((one): JsonObject => ({
        original_width: one['original_width'] ?? null,
        original_height: one['original_height'] ?? null,
        image_rotation: one['image_rotation'] ?? 0,
        value: one,
      })),
  );
  return { regions, at: 'regions', isPrediction: false };
}
