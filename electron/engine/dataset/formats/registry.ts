// All formats, in the order in which people are offered them.
import { AppError } from '../../../api/errors.ts';
import { cocoExact, cocoImport, cocoInstances, cocoPolygon, cocoStuff } from './cocoFormats.ts';
import { colourMasks } from './maskImages/colourMasks.ts';
import { cvatImages } from './cvat/cvatImages.ts';
import { cvatXml } from './cvat/cvatXml.ts';
import { cvatZip } from './cvat/cvatZip.ts';
import type { ExportFormat, ImportFormat } from './format.ts';
import { labelStudioImport } from './labelStudio/labelStudioImport.ts';
import { labelStudio } from './labelStudio/labelStudio.ts';
import { labelme } from './labelme/labelme.ts';
import { labelmeImport } from './labelme/labelmeImport.ts';
import { maskPng } from './maskImages/maskPng.ts';
import { maskPngImport } from './maskImages/maskPngImport.ts';
import { panoptic } from './maskImages/panoptic.ts';
import { pascalVoc } from './maskImages/pascalVoc.ts';
import { superviselyImport } from './supervisely/superviselyImport.ts';
import { viaImport } from './viaImport.ts';
import { xAnyLabelingImport } from './labelme/xAnyLabelingImport.ts';
import { yoloImport } from './yolo/yoloImport.ts';
import { yoloSeg } from './yolo/yoloSeg.ts';

export const EXPORT_FORMATS: readonly ExportFormat[] = [
  cocoExact,
  cocoPolygon,
  cocoStuff,
  cocoInstances,
  panoptic,
  yoloSeg,
  pascalVoc,
  maskPng,
  cvatZip,
  cvatXml,
  labelme,
  labelStudio,
];

export const IMPORT_FORMATS: readonly ImportFormat[] = [
  cocoImport,
  labelmeImport,
  xAnyLabelingImport,
  yoloImport,
  maskPngImport,
  colourMasks,
  cvatImages,
  labelStudioImport,
  superviselyImport,
  viaImport,
];

/** Throws FORMAT_UNKNOWN naming the ones there are. */
export function exportFormat(id: string): ExportFormat {
  return find(EXPORT_FORMATS, id);
}

/** Throws FORMAT_UNKNOWN naming the ones there are. */
export function importFormat(id: string): ImportFormat {
  return find(IMPORT_FORMATS, id);
}

function find<T extends { readonly id: string }>(formats: readonly T[], id: string): T {
  const format = formats.find((candidate) => candidate.id === id);
  if (format) return format;
  throw new AppError(
    'FORMAT_UNKNOWN',
    `there is no format ${JSON.stringify(id)}; known: ${formats.map((f) => f.id).join(', ')}`,
  );
}
