// COCO records as JSON text: known fields in a fixed order, then the fields kept from an imported record.
import { area } from '../../../masks/runs/rle.ts';
import { boundingBox } from '../../../masks/runs/measure.ts';
import { relativeNameFault } from '../fileNames.ts';
import { jsonText } from '../json.ts';
import type { DatasetAnnotation, DatasetCategory, DatasetImage, JsonObject } from '../types.ts';
import type { WrittenSegmentation } from './segmentation.ts';

export function imageText(image: DatasetImage, id: number): string {
  const fault = relativeNameFault(image.fileName);
  if (fault) throw new RangeError(`the image name ${fault}`);
  const { width, height } = image;
  return record({ id, file_name: image.fileName, width, height }, image.extra);
}

export function categoryText(category: DatasetCategory): string {
  const { id, name, supercategory, isThing, color, extra } = category;
  const rgb = /^#[0-9a-f]{6}$/i.test(color)
    ? { color: [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) }
    : {};
  return record({ id, name, supercategory, isthing: isThing ? 1 : 0, ...rgb }, extra);
}

export function annotationText(
  annotation: DatasetAnnotation,
  id: number,
  imageId: number,
  written: WrittenSegmentation,
): string {
  const box = boundingBox(written.mask);
  const score = annotation.score === null ? '' : `,"score":${Number(annotation.score.toFixed(6))}`;
  return (
    `{"id":${id},"image_id":${imageId},"category_id":${annotation.categoryId},` +
    `"segmentation":${written.json},"area":${area(written.mask)},` +
    `"bbox":[${box.x},${box.y},${box.width},${box.height}],` +
    `"iscrowd":${annotation.isCrowd ? 1 : 0}${score}${fieldsText(annotation.extra, ANNOTATION_FIELDS)}}`
  );
}

const ANNOTATION_FIELDS = new Set(
  'id image_id category_id segmentation area bbox iscrowd score'.split(' '),
);

function record(fields: JsonObject, extra: JsonObject): string {
  const text = JSON.stringify(fields);
  return `${text.slice(0, -1)}${fieldsText(extra, new Set(Object.keys(fields)))}}`;
}

function fieldsText(extra: JsonObject, taken: ReadonlySet<string>): string {
  let text = '';
  for (const [key, value] of Object.entries(extra))
    if (!taken.has(key)) text += `,${JSON.stringify(key)}:${jsonText(value)}`;
  return text;
}
