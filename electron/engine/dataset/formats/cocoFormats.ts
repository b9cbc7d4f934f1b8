// The COCO profiles as export formats, one file each or one per part of a split, and COCO import.
import { basename, dirname, join } from 'node:path';
import { readCoco } from '../coco/reading/read.ts';
import { writeCoco } from '../coco/write.ts';
import type { CocoProfile } from '../coco/arrange.ts';
import type { WriteCocoOptions, WriteCocoReport } from '../coco/write.ts';
import { refuseExisting } from '../atomicFile.ts';
import type { DatasetSource } from '../types.ts';
import type { ExportFormat, ExportOptions, FormatReport, ImportFormat } from './format.ts';
import { selectPart } from './writing/subset.ts';

function profile(id: string, title: string, note: string, name: CocoProfile): ExportFormat {
  return {
    id,
    title,
    note,
    kind: 'file',
    extension: '.json',
    write: (source, target, options) => writeParts(source, target, options, name),
  };
}

export const cocoExact = profile(
  'coco',
  'COCO',
  'Exact masks: polygons on pixel edges, RLE for holes and for several parts.',
  'coco',
);
export const cocoPolygon = profile(
  'coco-polygon',
  'COCO, polygons only',
  'For readers without RLE: holes are cut in by bridges of no width.',
  'coco-polygon',
);
export const cocoStuff = profile(
  'coco-stuff',
  'COCO stuff',
  'One RLE annotation per class and image.',
  'stuff',
);
export const cocoInstances = profile(
  'coco-instances',
  'COCO, one object per part',
  'Annotations in several parts become one annotation per connected part.',
  'instances',
);

export const cocoImport: ImportFormat = {
  id: 'coco',
  title: 'COCO',
  note: 'Polygons and RLE; ids, scores, crowds, licences and unknown fields are kept.',
  kind: 'file',
  async open(path, { signal, onProgress, skipBroken, library }) {
    const dataset = await readCoco(path, { signal, onProgress, skipBroken, library });
    return { ...dataset, hasOwnNumbers: true };
  },
};

async function writeParts(
  source: DatasetSource,
  target: string,
  options: ExportOptions,
  name: CocoProfile,
): Promise<FormatReport> {
  const parts = options.split
    ? (['train', 'val'] as const).map((part) => ({
        path: partPath(target, part),
        source: selectPart(source, options.split!, part),
      }))
    : [{ path: target, source }];
  if (!options.overwrite) for (const { path } of parts) await refuseExisting(path);
  for (const { path } of parts) await options.guard?.(path);
  const reports: WriteCocoReport[] = [];
  for (const part of parts)
    reports.push(
      await writeCoco(part.source, part.path, {
        profile: name,
        overwrite: options.overwrite,
        guard: options.guard,
        info: options.info,
        ...keptOptions(options),
        ...(options.onFinished ? { onFinished: options.onFinished } : {}),
        tolerancePx: options.tolerancePx,
        signal: options.signal,
        onProgress: options.onProgress,
      }),
    );
  const sum = (pick: (report: WriteCocoReport) => number) =>
    reports.reduce((total, report) => total + pick(report), 0);
  const errorPx = Math.max(...reports.map((report) => report.errorPx));
  return {
    images: sum((report) => report.images),
    annotations: sum((report) => report.annotations),
    files: parts.map((part) => basename(part.path)),
    warnings: [
      ...(errorPx > 0 ? [{ code: 'simplified', values: [errorPx] } as const] : []),
      ...reports.flatMap((report) => report.warnings),
    ],
  };
}

/** What goes back into the file of what an imported one had. */
export function keptOptions({ kept }: ExportOptions): Partial<WriteCocoOptions> {
  return kept ? { licenses: kept.licenses, extra: kept.extra, keepIds: kept.ids } : {};
}

/** `out.json` becomes `out.train.json`. */
function partPath(target: string, part: string): string {
  const name = basename(target);
  const bare = name.toLowerCase().endsWith('.json') ? name.slice(0, -5) : name;
  return join(dirname(target), `${bare}.${part}.json`);
}
