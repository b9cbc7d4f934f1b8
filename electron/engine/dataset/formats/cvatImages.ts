// Reads "CVAT for images 1.1" XML: masks, polygons, ellipses and boxes of every image, with their
// attributes. Shapes of one label and group are one object, as CVAT's own COCO export makes them.
import { AppError } from '../../../api/errors.ts';
import { whatItIs, HEAD_BYTES } from '../../../../models/files/whatItIs.ts';
import { openDataFile } from '../openFile.ts';
import type { Problems } from '../problems.ts';
import { isFiniteNumber } from './areas.ts';
import { readCvatShape } from './cvatShapes.ts';
import type { ImportFormat } from './format.ts';
import { openLabelSource } from './labelledImages.ts';
import type { ClassOfSource, FoundObject, LabelledImage } from './labelledImages.ts';
import { joinGroups } from './groups.ts';
import { emptyElement, parseXml, xmlElements } from './xmlElements.ts';
import type { XmlNode } from './xmlElements.ts';

export const cvatImages: ImportFormat = {
  id: 'cvat-images',
  title: 'CVAT for images 1.1',
  note: 'Masks, polygons, ellipses and boxes; groups, order, attributes, occlusion and label colours are kept. Points, lines, skeletons and tags are told.',
  kind: 'file',
  async open(path, options) {
    await checkHead(path);
    return openLabelSource(
      {
        path,
        stage: 'Read CVAT images',
        classes: await classesOf(path),
        images: (problems) => imagesOf(path, problems),
      },
      options,
    );
  },
};

/** CVAT for video looks alike but tells of tracks. */
async function checkHead(path: string): Promise<void> {
  await using file = await openDataFile(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  const kind = whatItIs(buffer.subarray(0, bytesRead));
  if (kind?.id !== 'cvat-images')
    throw new AppError(
      'IMPORT_INVALID',
      `expected <annotations> with <image> elements, found ${kind?.what ?? 'something else'}; ${kind?.fix ?? 'in CVAT export the task as "CVAT for images 1.1"'}: ${path}`,
    );
}

/** Labels of the task or project, with their colours; they stand before the first image. */
async function classesOf(path: string): Promise<ClassOfSource[]> {
  const classes: ClassOfSource[] = [];
  const head = (text: string) => {
    for (const label of labelsIn(text)) {
      const fields = fieldsOf(label, path);
      const name = fields.get('name') ?? '';
      const isArea = !/^(skeleton|points|polyline|tag|cuboid)$/.test(fields.get('type') ?? 'any');
      // Points of a skeleton name the label that they are part of.
      if (name !== '' && isArea && !fields.has('parent'))
        classes.push({ name, color: fields.get('color') ?? '' });
    }
  };
  for await (const image of xmlElements(path, 'image', head)) {
    void image;
    break;
  }
  return classes;
}

function fieldsOf(label: string, path: string): Map<string, string> {
  try {
    return new Map(parseXml(label).children.map((node) => [node.name, node.text]));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new AppError('IMPORT_INVALID', `a <label> of the task ${cause.message}: ${path}`, {
      cause,
    });
  }
}

function* labelsIn(text: string): Generator<string> {
  const close = '</label>';
  for (let at = text.indexOf('<label>'); at >= 0; at = text.indexOf('<label>', at)) {
    const end = text.indexOf(close, at);
    if (end < 0) return;
    yield text.slice(at, end + close.length);
    at = end;
  }
}

async function* imagesOf(path: string, problems: Problems): AsyncGenerator<LabelledImage> {
  let index = 0;
  for await (const text of xmlElements(path, 'image')) {
    const place = `<image> ${++index}`;
    let named: XmlNode;
    try {
      named = parseXml(emptyElement(text));
    } catch (error) {
      skipRange(error, place, problems);
      continue;
    }
    const { name = '', width, height } = named.attributes;
    if (name === '') {
      problems.skip(place, 'has no name');
      continue;
    }
    const size = { width: Number(width), height: Number(height) };
    yield {
      place: name,
      wanted: { paths: [name], stems: [] },
      size: isWhole(size.width) && isWhole(size.height) ? size : null,
      isEmpty: !/<(polygon|mask|ellipse|box)\b/.test(text),
      objects: (known, report) => objectsOf(text, name, known, report),
    };
  }
}

function objectsOf(
  text: string,
  name: string,
  size: { readonly width: number; readonly height: number },
  problems: Problems,
): readonly FoundObject[] {
  let image: XmlNode;
  try {
    image = parseXml(text);
  } catch (error) {
    skipRange(error, name, problems);
    return [];
  }
  const found = image.children.flatMap((node, i) => {
    const place = `${name} <${node.name}> ${i + 1}`;
    if (node.name === 'tag') {
      problems.repair(place, 'is a tag of the whole image; only areas are imported');
      return [];
    }
    try {
      const shape = readCvatShape(node, size);
      if (shape.note) problems.repair(place, shape.note);
      return [shape];
    } catch (error) {
      skipRange(error, place, problems);
      return [];
    }
  });
  const ordered = found
    .map((shape, i) => ({ shape, i }))
    .sort((a, b) => a.shape.order - b.shape.order || a.i - b.i)
    .map(({ shape }) => shape);
  return joinGroups(ordered);
}

function skipRange(error: unknown, place: string, problems: Problems): void {
  if (!(error instanceof RangeError)) throw error;
  problems.skip(place, error.message);
}

const isWhole = (value: number) => isFiniteNumber(value) && Number.isInteger(value) && value > 0;
