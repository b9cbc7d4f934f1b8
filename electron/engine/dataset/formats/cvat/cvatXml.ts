// "CVAT for images 1.1": one XML with exact masks, attributes, marks, and tags of images, which CVAT's COCO
// upload has no place for. Read back by the importer before it gets its name.
import { basename } from 'node:path';
import { AppError } from '../../../../api/errors.ts';
import type { FieldValue } from '../../../../api/rules/fields/fields.ts';
import { sameMask } from '../../../../api/rules/document.ts';
import { bitmapFromMask } from '../../../../masks/runs/bitmap.ts';
import { crop } from '../../../../masks/runs/crop.ts';
import { boundingBox } from '../../../../masks/runs/measure.ts';
import { area } from '../../../../masks/runs/rle.ts';
import type { RleMask } from '../../../../api/types.ts';
import { TextFile, writeAtomically } from '../../atomicFile.ts';
import { relativeNameFault } from '../../fileNames.ts';
import { splitDetails, splitImageNotes } from '../../details/details.ts';
import { throwIfAborted, type DatasetAnnotation, type DatasetImage } from '../../types.ts';
import type { DatasetSource } from '../../types.ts';
import type { ExportFormat, ExportOptions, FormatReport } from '../format.ts';
import { ExportWarnings } from '../writing/warnings.ts';
import { writable, xmlText } from '../xmlText.ts';
import { cvatImages } from './cvatImages.ts';
import { attributesOf, CvatSpecs } from './cvatSpecs.ts';

const HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n<version>1.1</version>\n';

export const cvatXml: ExportFormat = {
  id: 'cvat-images',
  title: 'CVAT for images 1.1',
  note: 'One XML with exact masks, attributes, occlusion and tags; the task needs the same labels.',
  kind: 'file',
  extension: '.xml',
  async write(source, target, options) {
    const warnings = new ExportWarnings();
    if (options.split) warnings.add({ code: 'cvatUnsplit', values: [] });
    const specs = await CvatSpecs.of(source, options);
    if (specs.notes > 0) warnings.add({ code: 'cvatNotes', values: [specs.notes] });
    const report = await writeAtomically(
      target,
      {
        overwrite: options.overwrite,
        guard: options.guard,
        async check(temporary) {
          await compare(source, temporary, target, options);
          await options.onFinished?.(temporary);
        },
      },
      async (handle) => {
        const file = new TextFile(handle);
        await file.write(HEAD);
        await file.write(xmlText({ meta: { task: specs.task(source.categories) } }));
        const counts = await writeImages(source, file, options, warnings);
        await file.write('</annotations>\n');
        await file.flush();
        return counts;
      },
    );
    return { ...report, files: [basename(target)], warnings: warnings.told() };
  },
};

async function writeImages(
  source: DatasetSource,
  file: TextFile,
  options: ExportOptions,
  warnings: ExportWarnings,
): Promise<Pick<FormatReport, 'images' | 'annotations'>> {
  const names = new Map(source.categories.map(({ id, name }) => [id, name]));
  let [images, annotations] = [0, 0];
  for await (const image of source.images()) {
    throwIfAborted(options);
    const fault = relativeNameFault(image.fileName);
    if (fault !== null) throw new RangeError(`the image name ${fault}`);
    const drawn = drawnOf(image);
    if (drawn.length < image.annotations.length)
      warnings.add({ code: 'noPixel', values: [image.fileName] });
    const { tags } = splitImageNotes(image.extra);
    const element = {
      '@id': images,
      '@name': image.fileName,
      '@width': image.width,
      '@height': image.height,
      mask: drawn.map((one, order) => maskElement(one, labelOf(one, image, names), order)),
      tag: tags.map((tag) => ({ '@label': tag, '@source': 'manual' })),
    };
    await file.write(xmlText({ image: element }));
    images += 1;
    annotations += drawn.length;
    options.onProgress?.({
      stage: 'Write CVAT file',
      done: images,
      total: source.imageCount ?? 0,
    });
  }
  return { images, annotations };
}

const drawnOf = ({ annotations }: DatasetImage) => annotations.filter(({ mask }) => area(mask) > 0);

function labelOf(
  { categoryId }: DatasetAnnotation,
  { fileName }: DatasetImage,
  names: ReadonlyMap<number, string>,
): string {
  const name = names.get(categoryId);
  if (name === undefined)
    throw new RangeError(`${fileName}: category ${categoryId} is not in the table`);
  return name;
}

function maskElement(annotation: DatasetAnnotation, label: string, order: number): object {
  const box = boundingBox(annotation.mask);
  const { details } = splitDetails(annotation.extra);
  const written = ([name, value]: readonly [string, FieldValue]) => ({
    '@name': name,
    '#text': String(value),
  });
  return {
    '@label': label,
    '@source': annotation.origin === 'model' ? 'auto' : 'manual',
    '@occluded': Number(details?.marks?.occluded ?? false),
    '@rle': runsOf(annotation.mask),
    '@left': box.x,
    '@top': box.y,
    '@width': box.width,
    '@height': box.height,
    '@z_order': order,
    attribute: attributesOf(annotation).map(written),
  };
}

/** Lengths of runs along the rows of the box, background first. */
function runsOf(mask: RleMask): string {
  const lengths: number[] = [];
  let [value, length] = [0, 0];
  for (const pixel of bitmapFromMask(crop(mask, boundingBox(mask)))) {
    if (pixel === value) length += 1;
    else {
      lengths.push(length);
      [value, length] = [pixel, 1];
    }
  }
  return [...lengths, length].join(', ');
}

/** Throws EXPORT_MISMATCH when the file reads back with other masks, labels or attributes. */
async function compare(
  source: DatasetSource,
  temporary: string,
  target: string,
  options: ExportOptions,
): Promise<void> {
  const { signal } = options;
  await using back = await cvatImages.open(temporary, { skipBroken: true, images: [], signal });
  const labels = new Map(back.categories.map(({ id, name }) => [id, name]));
  const names = new Map(source.categories.map(({ id, name }) => [id, name]));
  await using found = back.images()[Symbol.asyncIterator]() as AsyncGenerator<DatasetImage>;
  for await (const image of source.images()) {
    throwIfAborted(options);
    const { value } = (await found.next()) as IteratorResult<DatasetImage, undefined>;
    const drawn = drawnOf(image);
    const isSame =
      value?.fileName === image.fileName &&
      value.annotations.length === drawn.length &&
      drawn.every((one, i) => {
        const other = value.annotations[i]!;
        return (
          names.get(one.categoryId)?.trim() === labels.get(other.categoryId)?.trim() &&
          sameMask(one.mask, other.mask) &&
          textOf(attributesOf(one)) === textOf(attributesOf(other))
        );
      });
    if (!isSame)
      throw new AppError(
        'EXPORT_MISMATCH',
        `${image.fileName} reads back differently; the file was not kept: ${target}`,
      );
  }
}

/** What an XML can hold of attributes: text without blanks at its ends, of which some is read as yes, no or a number. */
const textOf = (attributes: readonly (readonly [string, FieldValue])[]): string =>
  JSON.stringify(attributes.map(([name, value]) => [plain(name), plain(value)]).sort());

function plain(value: FieldValue): string {
  const text = writable(value).replace(/\s+/g, ' ').trim();
  if (/^(true|false)$/i.test(text)) return text.toLowerCase();
  return text !== '' && Number.isFinite(Number(text)) ? String(Number(text)) : text;
}
