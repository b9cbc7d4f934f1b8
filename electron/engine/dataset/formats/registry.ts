// All formats, in the order in which people are offered them.
import { AppError } from '../../../api/errors.ts';
import { cocoExact, cocoImport, cocoInstances, cocoPolygon, cocoStuff } from './cocoFormats.ts';
import { colourMasks } from './colourMasks.ts';
import { cvatImages } from './cvatImages.ts';
import { cvatZip } from './cvatZip.ts';
import type { ExportFormat, ImportFormat } from './format.ts';
import { labelStudioImport } from './labelStudioImport.ts';
import { labelStudio } from './labelStudio.ts';
import { labelme } from './labelme.ts';
import { labelmeImport } from './labelmeImport.ts';
import { maskPng } from './maskPng.ts';
import { maskPngImport } from './maskPngImport.ts';
import { panoptic } from './panoptic.ts';
import { pascalVoc } from './pascalVoc.ts';
import { superviselyImport } from './superviselyImport.ts';
import { viaImport } from './viaImport.ts';
import { xAnyLabelingImport } from './xAnyLabelingImport.ts';
import { yoloImport } from './yoloImport.ts';
import { yoloSeg } from './yoloSeg.ts';

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
