// labelme: one JSON per image. Masks without holes are polygons (parts share a group), masks with
// holes are labelme's own `mask` shapes, which hold every pixel.
import type { RleMask } from '../../../../api/types.ts';
import { bitmapFromMask } from '../../../../masks/runs/bitmap.ts';
import { crop } from '../../../../masks/runs/crop.ts';
import { rasterizeRings } from '../../../../masks/outlines/rasterize.ts';
import { area } from '../../../../masks/runs/rle.ts';
import { sameMask } from '../../../../api/rules/document.ts';
import { boundingBox } from '../../../../masks/runs/measure.ts';
import { simplifyRing } from '../../../../masks/outlines/simplify.ts';
import { traceParts } from '../../../../masks/outlines/trace.ts';
import { splitDetails } from '../../details/details.ts';
import { stemOf, StemRegister } from '../../fileNames.ts';
import { encodePng } from '../../png/encode.ts';
import { Problems } from '../../problems.ts';
import type { DatasetAnnotation, JsonObject } from '../../types.ts';
import { forEachImage, mismatch, writeFolder } from '../writing/folderExport.ts';
import type { ExportFormat } from '../format.ts';
import { writtenOfImage, writtenOfShape } from './labelmeSaid.ts';
import { parseLabelme } from './labelmeShapes.ts';

/** The file format version that has mask shapes. */
const VERSION = '5.4.0';

export const labelme: ExportFormat = {
  id: 'labelme',
  title: 'labelme',
  note: 'One JSON per image to put beside it; polygons, or mask shapes where there are holes.',
  kind: 'folder',
  extension: '',
  limits: { stem: stemOf },
  write: (source, target, options) =>
    writeFolder(target, async (folder) => {
      const names = new Map(source.categories.map((c) => [c.id, c.name]));
      const stems = new StemRegister();
      if (options.split) folder.warn({ code: 'labelmeUnsplit', values: [] });
      await forEachImage(source, folder, { ...options, stage: 'Write labelme' }, async (image) => {
        const stem = stems.claim(image.fileName, (own) => `the file ${own}.json`);
        const shapes: JsonObject[] = [];
        const meant: { name: string; mask: RleMask; said: string }[] = [];
        let group = 0;
        for (const annotation of image.annotations) {
          const name = names.get(annotation.categoryId);
          if (name === undefined)
            throw new RangeError(
              `${image.fileName}: category ${annotation.categoryId} is not in the table`,
            );
          if (area(annotation.mask) === 0) {
            folder.warn({ code: 'noPixel', values: [image.fileName] });
            continue;
          }
          const written = await shapesOf(annotation, name, group, options.tolerancePx);
          if (written.shapes.length > 1) group++;
          shapes.push(...written.shapes);
          meant.push({ name, mask: written.mask, said: saidText(annotation) });
        }
        const json = {
          version: VERSION,
          ...writtenOfImage(image.extra),
          shapes,
          imagePath: image.fileName.slice(image.fileName.lastIndexOf('/') + 1),
          imageData: null,
          imageHeight: image.height,
          imageWidth: image.width,
        };
        await folder.write(`${stem}.json`, `${JSON.stringify(json, null, 2)}\n`);
        const problems = new Problems();
        const back = await parseLabelme(
          (await folder.read(`${stem}.json`)).toString(),
          `${stem}.json`,
          null,
          problems,
        );
        const same =
          back?.objects.length === meant.length &&
          back.objects.every(
            (one, i) =>
              one.label === meant[i]!.name &&
              sameMask(one.mask, meant[i]!.mask) &&
              saidText(one) === meant[i]!.said,
          );
        if (!same) mismatch(image.fileName, `${stem}.json reads back differently`);
        folder.annotations += meant.length;
      });
      return folder.report(['one JSON per image']);
    }),
};

async function shapesOf(
  annotation: DatasetAnnotation,
  label: string,
  group: number,
  tolerancePx: number,
): Promise<{ shapes: JsonObject[]; mask: RleMask }> {
  const { mask, score } = annotation;
  const said = writtenOfShape(annotation);
  const common = { label, ...said, ...(score === null ? {} : { score }) };
  const parts = traceParts(mask);
  if (parts.some((part) => part.holes.length > 0)) {
    const box = boundingBox(mask);
    const pixels = bitmapFromMask(crop(mask, box));
    const png = await encodePng({ kind: 'grey', data: pixels }, box.width, box.height);
    // Corners of a mask shape are its first and last pixel.
    const points = [
      [box.x, box.y],
      [box.x + box.width - 1, box.y + box.height - 1],
    ];
    const shape = {
      ...common,
      points,
      group_id: null,
      shape_type: 'mask',
      mask: Buffer.from(png).toString('base64'),
    };
    return { shapes: [shape], mask };
  }
  const rings = parts.map((part) => simplifyRing(part.outer, tolerancePx).ring);
  const simplified = tolerancePx === 0 ? mask : rasterizeRings(rings, mask.width, mask.height);
  if (area(simplified) === 0) return shapesOf(annotation, label, group, 0);
  const shapes = rings.map((ring) => ({
    ...common,
    points: Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i]!, ring[2 * i + 1]!]),
    group_id: rings.length > 1 ? group : null,
    shape_type: 'polygon',
    mask: null,
  }));
  return { shapes, mask: simplified };
}

/** What is said of an object, to be compared. */
const saidText = ({ extra, isCrowd }: Pick<DatasetAnnotation, 'extra' | 'isCrowd'>): string =>
  JSON.stringify([isCrowd, splitDetails(extra).details]);
