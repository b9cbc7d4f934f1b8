// Reads "CVAT for images 1.1" XML: masks, polygons, ellipses and boxes of every image, with their
// attributes. Shapes of one label and group are one object, as CVAT's own COCO export makes them.
import { MAX_TAG, MAX_TAGS, type Field } from '../../../../api/rules/fields/fields.ts';
import { isTagList, tidiedTags } from '../../../../api/rules/fields/values.ts';
import { AppError } from '../../../../api/errors.ts';
import { whatItIs, HEAD_BYTES } from '../../../../../models/files/whatItIs.ts';
import { openDataFile } from '../../openFile.ts';
import type { Problems } from '../../problems.ts';
import { readCvatShape } from './cvatShapes.ts';
import { fieldsOfLabel } from './cvatLabels.ts';
import type { ImportFormat } from '../format.ts';
import { openLabelSource } from '../reading/labelledImages.ts';
import type { ClassOfSource, FoundObject, LabelledImage } from '../reading/labelledImages.ts';
import { joinGroups } from '../reading/groups.ts';
import { emptyElement, parseXml, xmlElements } from '../reading/xmlElements.ts';
import type { XmlNode } from '../reading/xmlElements.ts';

export const cvatImages: ImportFormat = {
  id: 'cvat-images',
  title: 'CVAT for images 1.1',
  note: 'Masks, polygons, ellipses and boxes; groups, order, attributes, occlusion, tags and label colours are kept. Points, lines and skeletons are told.',
  kind: 'file',
  async open(path, options) {
    await checkHead(path);
    const classes = await classesOf(path);
    const fields: FieldsOf = new Map(classes.map((one) => [one.name, one.fields ?? []]));
    return openLabelSource(
      {
        path,
        stage: 'Read CVAT images',
        classes,
        images: (problems) => imagesOf(path, fields, problems),
      },
      options,
    );
  },
};

/** Fields by label. */
type FieldsOf = ReadonlyMap<string, readonly Field[]>;

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
      const node = labelNode(label, path);
      const texts = new Map(node.children.map((child) => [child.name, child.text]));
      const name = texts.get('name') ?? '';
      const isArea = !/^(skeleton|points|polyline|tag|cuboid)$/.test(texts.get('type') ?? 'any');
      // Points of a skeleton name the label that they are part of.
      if (name !== '' && isArea && !texts.has('parent'))
        classes.push({ name, color: texts.get('color') ?? '', fields: fieldsOfLabel(node) });
    }
  };
  for await (const image of xmlElements(path, 'image', head)) {
    void image;
    break;
  }
  return classes;
}

function labelNode(label: string, path: string): XmlNode {
  try {
    return parseXml(label);
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

async function* imagesOf(
  path: string,
  fields: FieldsOf,
  problems: Problems,
): AsyncGenerator<LabelledImage> {
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
    const tags = tagsOf(text);
    yield {
      place: name,
      wanted: { paths: [name], stems: [] },
      size: isWhole(size.width) && isWhole(size.height) ? size : null,
      isEmpty: !/<(polygon|mask|ellipse|box)\b/.test(text) && tags.length === 0,
      ...(tags.length > 0 ? { extra: { tags } } : {}),
      objects: (known, report) => objectsOf({ text, name, fields }, known, report),
    };
  }
}

/** Labels of tags of the whole image; none where the element is no XML, which its objects tell. */
function tagsOf(text: string): string[] {
  if (!/<tag\b/.test(text)) return [];
  try {
    const nodes = parseXml(text).children.filter(({ name }) => name === 'tag');
    const sound = nodes.filter((node) => tagFault(node) === null);
    return tidiedTags(sound.map(({ attributes }) => attributes['label']!)).slice(0, MAX_TAGS);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [];
  }
}

function objectsOf(
  {
    text,
    name,
    fields,
  }: { readonly text: string; readonly name: string; readonly fields: FieldsOf },
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
      const fault = tagFault(node);
      if (fault !== null) problems.skip(place, fault);
      return [];
    }
    try {
      const shape = readCvatShape(node, size, fields);
      if (shape.note) problems.repair(place, shape.note);
      return [shape];
    } catch (error) {
      skipRange(error, place, problems);
      return [];
    }
  });
  return joinGroups(found.toSorted((a, b) => a.order - b.order));
}

/** Why a tag of the image is not taken as one. */
function tagFault({ attributes }: XmlNode): string | null {
  const { label = '' } = attributes;
  if (label.trim() === '') return 'is a tag without a label';
  if (!isTagList([label])) return `is a tag of ${label.length} letters; ${MAX_TAG} are the most`;
  return null;
}

function skipRange(error: unknown, place: string, problems: Problems): void {
  if (!(error instanceof RangeError)) throw error;
  problems.skip(place, error.message);
}

const isWhole = (value: number) => Number.isInteger(value) && value > 0;
