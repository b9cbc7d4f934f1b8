// Reads VGG Image Annotator files (VIA 1 and 2): a saved project, or its annotations exported as JSON.
// They say neither the size of an image nor which of a region's attributes is its class.
import { AppError } from '../../../api/errors.ts';
import type { Json, RleMask } from '../../../api/types.ts';
import { extraFields } from '../coco/reading/records.ts';
import type { Problems } from '../problems.ts';
import type { JsonObject } from '../types.ts';
import { ellipseRing, isFiniteNumber, numberOf, rectangleRing, ringArea } from './reading/areas.ts';
import type { Size } from './reading/areas.ts';
import type { ImportFormat } from './format.ts';
import { listOf, objectOf, objectsIn, readJsonFile, textOf } from './reading/jsonFile.ts';
import { openLabelSource } from './reading/labelledImages.ts';
import type { FoundObject, LabelledImage } from './reading/labelledImages.ts';

/** Names that people give the attribute that holds the class. */
const CLASS_ATTRIBUTES = ['class', 'label', 'name', 'category', 'type', 'object', 'class_name'];
/** The class of regions that have none: many files of one class say nothing. */
const NAMELESS = 'object';
const MAX_REGIONS = 100_000;

export const viaImport: ImportFormat = {
  id: 'via',
  title: 'VGG Image Annotator (VIA)',
  note: 'Polygons, boxes, circles and ellipses of VIA 1 and 2; one attribute is the class, the others are kept.',
  kind: 'file',
  async open(path, options) {
    const root = objectOf(await readJsonFile(path));
    const images = root && imagesIn(root);
    if (!images || images.length === 0)
      throw new AppError(
        'IMPORT_INVALID',
        images
          ? `this VIA project holds no images; save it again after the images were added: ${path}`
          : `expected a VIA project, or annotations exported as JSON, found no images: ${path}`,
      );
    const attribute = classAttribute(root, images);
    const source = {
      path,
      stage: 'Read VIA regions',
      async *images(problems: Problems) {
        for (const [key, record] of images) {
          const image = await imageOf(key, record, attribute, problems);
          if (image) yield image;
        }
      },
    };
    return openLabelSource(source, options);
  },
};

type Images = readonly (readonly [string, JsonObject])[];

/** The table of images, in a project or on its own. */
function imagesIn(root: JsonObject): Images | null {
  const table = objectOf(root['_via_img_metadata']) ?? root;
  const images = Object.entries(table).flatMap(([key, value]) => {
    const record = objectOf(value);
    return record && textOf(record['filename']) ? [[key, record] as const] : [];
  });
  return images.length > 0 || root['_via_img_metadata'] ? images : null;
}

/** The attribute of regions that names the class: by its usual names, else the first that is used. */
function classAttribute(root: JsonObject, images: Images): string | null {
  const listed = objectOf(objectOf(root['_via_attributes'])?.['region']);
  const used = new Set(Object.keys(listed ?? {}));
  for (const [, record] of images)
    for (const region of regionsOf(record))
      for (const key of Object.keys(objectOf(region['region_attributes']) ?? {})) used.add(key);
  const usual = [...used].filter((name) => CLASS_ATTRIBUTES.includes(name.trim().toLowerCase()));
  return usual[0] ?? [...used][0] ?? null;
}

/** A list in VIA 2, an object with numbers as keys in VIA 1. */
function regionsOf(record: JsonObject): readonly JsonObject[] {
  const regions = record['regions'];
  return objectsIn(Array.isArray(regions) ? regions : Object.values(objectOf(regions) ?? {}));
}

function imageOf(
  key: string,
  record: JsonObject,
  attribute: string | null,
  problems: Problems,
): LabelledImage | null {
  const fileName = textOf(record['filename'])!;
  const regions = regionsOf(record);
  if (regions.length > MAX_REGIONS)
    return problems.skip(key, `has ${regions.length} regions; at most ${MAX_REGIONS} are read`);
  return {
    place: fileName,
    wanted: { paths: [fileName], stems: [] },
    size: null,
    isEmpty: regions.length === 0,
    objects: (size, report) =>
      regions.flatMap((region, i) => {
        const place = `${fileName} regions[${i}]`;
        try {
          return [objectOfRegion(region, attribute, size, { place, report })];
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          report.skip(place, error.message);
          return [];
        }
      }),
  };
}

function objectOfRegion(
  region: JsonObject,
  attribute: string | null,
  size: Size,
  { place, report }: { readonly place: string; readonly report: Problems },
): FoundObject {
  const shape = objectOf(region['shape_attributes']);
  if (!shape) throw new RangeError('has no shape_attributes');
  const attributes = objectOf(region['region_attributes']) ?? {};
  const labels = attribute === null ? [] : namesIn(attributes[attribute]);
  const [label = NAMELESS, ...others] = labels;
  const mask = draw(shape, size);
  if (labels.length === 0)
    report.repair(
      place,
      `has no class${attribute === null ? '' : ` in ${JSON.stringify(attribute)}`}; read as "${NAMELESS}"`,
    );
  if (others.length > 0)
    report.repair(
      place,
      `has several classes; read as ${JSON.stringify(label)}, the others are kept`,
    );
  if (shape['name'] === 'rect') report.repair(place, { code: 'box', values: [] });
  const known = others.length > 0 || attribute === null ? [] : [attribute];
  const rest = Object.entries(extraFields(attributes, known)).filter(([, value]) => isSaid(value));
  return {
    label,
    mask,
    score: null,
    extra: rest.length > 0 ? { attributes: Object.fromEntries(rest) } : {},
  };
}

/** VIA writes every attribute into every region, most of them empty. */
const isSaid = (value: Json): boolean =>
  textOf(value) !== null || isFiniteNumber(value) || Object.keys(objectOf(value) ?? {}).length > 0;

/** The value of a text, radio or list attribute; of check boxes every one that is ticked. */
function namesIn(value: Json | undefined): string[] {
  if (typeof value === 'number') return [String(value)];
  const text = textOf(value);
  if (text !== null) return [text.trim()];
  return Object.entries(objectOf(value) ?? {}).flatMap(([name, on]) => (on === true ? [name] : []));
}

function draw(shape: JsonObject, size: Size): RleMask {
  const number = (name: string) => numberOf(shape[name], name);
  switch (shape['name']) {
    case 'polygon': {
      const [xs, ys] = [listOf(shape['all_points_x']), listOf(shape['all_points_y'])];
      if (xs.length !== ys.length || ![...xs, ...ys].every(isFiniteNumber))
        throw new RangeError(
          'has all_points_x and all_points_y that are no equal lists of numbers',
        );
      return ringArea(
        xs.flatMap((x, i) => [x as number, ys[i] as number]),
        [],
        size,
      );
    }
    case 'rect': {
      const box = {
        x: number('x'),
        y: number('y'),
        width: number('width'),
        height: number('height'),
      };
      return ringArea(rectangleRing(box), [], size);
    }
    case 'circle':
      return ringArea(
        ellipseRing([number('cx'), number('cy')], [number('r'), number('r')]),
        [],
        size,
      );
    case 'ellipse': {
      // VIA writes the turn in radians.
      const degrees = ((isFiniteNumber(shape['theta']) ? shape['theta'] : 0) * 180) / Math.PI;
      const ring = ellipseRing([number('cx'), number('cy')], [number('rx'), number('ry')], degrees);
      return ringArea(ring, [], size);
    }
    default:
      throw new RangeError(
        `is a ${String(shape['name'] ?? 'shape without a name').slice(0, 40)}; only areas are imported`,
      );
  }
}
