// Label files of COCO, labelme, YOLO and PNG masks with random contents, made without our own writers, and
// what is in them: for tests that import many files into one project.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RleMask } from '../../electron/api/types.ts';
import { encodePng } from '../../electron/engine/dataset/png/encode.ts';
import { maskFromBitmap } from '../../electron/masks/bitmap.ts';
import { rectangle, SIDE } from './engineBench.ts';

export interface KnownObject {
  readonly image: string;
  readonly className: string;
  readonly mask: RleMask;
}

export interface LabelSet {
  /** File or folder to import. */
  readonly source: string;
  readonly format: string;
  /** What is in it for images that are here. */
  readonly objects: readonly KnownObject[];
  /** Names in it of images that are not here. */
  readonly strangers: readonly string[];
}

/** Whole numbers from 0 to `below` - 1. */
export type Random = (below: number) => number;

/** Names that are one class in pairs, and names that notations could trip over. */
const CLASS_NAMES = [
  'cat',
  'Cat',
  'dog',
  ' dog',
  'bird, small',
  '\u00c4rger',
  'a\u0308rger',
  'C# "x"',
  'yes',
  '12',
];

type Box = readonly [x: number, y: number, width: number, height: number];

interface Labelled {
  readonly image: string;
  readonly objects: readonly { readonly className: string; readonly box: Box }[];
}

/** Different boxes: two equal objects of one class would be one after the import. */
function boxes(random: Random, count: number): Box[] {
  const found = new Map<string, Box>();
  while (found.size < count) {
    const [x, y] = [random(SIDE.width - 1), random(SIDE.height - 1)];
    const box: Box = [x, y, 1 + random(SIDE.width - x), 1 + random(SIDE.height - y)];
    found.set(box.join(), box);
  }
  return [...found.values()];
}

function labelled(random: Random, images: readonly string[]): Labelled[] {
  return images
    .filter(() => random(3) > 0)
    .map((image) => ({
      image,
      objects: boxes(random, 1 + random(3)).map((box) => ({
        className: CLASS_NAMES[random(CLASS_NAMES.length)]!,
        box,
      })),
    }));
}

/** Writes one random set below `folder`. `images` are those of the project. */
export async function randomLabels(
  folder: string,
  images: readonly string[],
  random: Random,
): Promise<LabelSet> {
  const strangers = random(3) === 0 ? ['gone.png'] : [];
  const content = labelled(random, [...images, ...strangers]);
  const write = [writeCoco, writeLabelme, writeYolo, writeMasks][random(4)]!;
  const { source, format, masks } = await write(folder, content, random);
  const objects = masks ?? content.flatMap(objectsOf);
  return {
    source,
    format,
    objects: objects.filter(({ image }) => images.includes(image)),
    strangers: strangers.filter((name) => content.some(({ image }) => image === name)),
  };
}

function objectsOf({ image, objects }: Labelled): KnownObject[] {
  return objects.map(({ className, box }) => ({ image, className, mask: rectangle(...box) }));
}

interface Written {
  readonly source: string;
  readonly format: string;
  /** Where the format does not hold single objects. */
  readonly masks?: readonly KnownObject[];
}

async function put(folder: string, name: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), content);
}

const corners = ([x, y, w, h]: Box) => [x, y, x + w, y, x + w, y + h, x, y + h];

/** Ids count from 1 in every file, as exporters write them; some files have text or a 0. */
async function writeCoco(
  folder: string,
  content: readonly Labelled[],
  random: Random,
): Promise<Written> {
  const names = [...new Set(content.flatMap(({ objects }) => objects.map((o) => o.className)))];
  const asText = random(4) === 0;
  const first = random(3) === 0 ? 0 : 1;
  const id = (value: number) => (asText ? String(value) : value);
  const place = ['', 'set/', '/srv/data/', 'C:\\set\\'][random(4)]!;
  const annotations = content.flatMap(({ objects }, i) =>
    objects.map(({ className, box }) => ({
      image_id: id(i + 1),
      category_id: id(names.indexOf(className) + first),
      segmentation: random(2) === 0 ? [corners(box)] : rleOf(box),
      ...(random(4) === 0 ? {} : { area: box[2] * box[3], bbox: box, iscrowd: 0 }),
    })),
  );
  const json = {
    images: content.map(({ image }, i) => ({
      id: id(i + 1),
      file_name: `${place}${image}`,
      ...(random(4) === 0 ? {} : SIDE),
    })),
    categories: names.map((name, i) => ({ id: id(i + first), name })),
    annotations: annotations.map((one, i) => ({ id: id(i + 1), ...one })),
  };
  await put(folder, 'labels.json', JSON.stringify(json));
  return { source: join(folder, 'labels.json'), format: 'coco' };
}

const rleOf = (box: Box) => ({
  size: [SIDE.height, SIDE.width],
  counts: [...rectangle(...box).counts],
});

async function writeLabelme(
  folder: string,
  content: readonly Labelled[],
  random: Random,
): Promise<Written> {
  for (const { image, objects } of content) {
    const shapes = objects.map(({ className, box: [x, y, w, h] }) => {
      const isBox = random(2) === 0;
      const points = isBox
        ? [
            [x, y],
            [x + w, y + h],
          ]
        : [
            [x, y],
            [x + w, y],
            [x + w, y + h],
            [x, y + h],
          ];
      return {
        label: className,
        points,
        group_id: '',
        shape_type: isBox ? 'rectangle' : 'polygon',
      };
    });
    const size = random(3) === 0 ? {} : { imageWidth: SIDE.width, imageHeight: SIDE.height };
    const imagePath = [image, `..\\images\\${image}`, ''][random(3)]!;
    const name = `${image.replace(/\.png$/, '')}.json`;
    await put(folder, `lm/${name}`, JSON.stringify({ shapes, imagePath, ...size }));
  }
  await put(folder, 'lm/none.json', JSON.stringify({ shapes: [], imagePath: 'none.png', ...{} }));
  return { source: join(folder, 'lm'), format: 'labelme' };
}

async function writeYolo(
  folder: string,
  content: readonly Labelled[],
  random: Random,
): Promise<Written> {
  const names = [...new Set(content.flatMap(({ objects }) => objects.map((o) => o.className)))];
  const part = ['labels', 'train/labels', 'obj_train_data'][random(3)]!;
  await put(
    folder,
    'yolo/data.yaml',
    `names: ${JSON.stringify(names.length ? names : ['none'])}\n`,
  );
  await put(folder, 'yolo/README.txt', 'How to train with these files.\n');
  for (const { image, objects } of content) {
    const lines = objects.map(({ className, box }) => {
      const shares = corners(box).map((v, i) => v / (i % 2 === 0 ? SIDE.width : SIDE.height));
      return `${names.indexOf(className)} ${shares.join(' ')}`;
    });
    await put(folder, `yolo/${part}/${image.replace(/\.png$/, '')}.txt`, lines.join('\r\n'));
  }
  if (content.length === 0) await put(folder, `yolo/${part}/none.txt`, '');
  return { source: join(folder, 'yolo'), format: 'yolo-seg' };
}

/** Later objects cover earlier ones; what is left of each class is one annotation. */
async function writeMasks(folder: string, content: readonly Labelled[]): Promise<Written> {
  const names = [...new Set(content.flatMap(({ objects }) => objects.map((o) => o.className)))];
  const { width, height } = SIDE;
  const masks: KnownObject[] = [];
  const classes = names.map((name, i) => ({ index: i + 1, id: i + 1, name }));
  await put(folder, 'png/classes.json', JSON.stringify({ classes }));
  for (const { image, objects } of content) {
    const pixels = new Uint8Array(width * height);
    for (const { className, box } of objects)
      for (let y = box[1]; y < box[1] + box[3]; y++)
        pixels.fill(names.indexOf(className) + 1, y * width + box[0], y * width + box[0] + box[2]);
    await put(
      folder,
      `png/masks/${image}`,
      await encodePng({ kind: 'grey', data: pixels }, width, height),
    );
    for (const [i, className] of names.entries())
      if (pixels.includes(i + 1)) {
        const own = pixels.map((value) => Number(value === i + 1));
        masks.push({ image, className, mask: maskFromBitmap(own, width, height) });
      }
  }
  return { source: join(folder, 'png'), format: 'mask-png', masks };
}
