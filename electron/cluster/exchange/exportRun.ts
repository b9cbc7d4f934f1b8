// A run set into COCO files, streamed from the database and read back as every export is.
import { basename, dirname, join } from 'node:path';
import type { Pool } from 'pg';
import type { ExportWarning } from '../../api/said/exportWords.ts';
import type { AnnotationId, RunId } from '../../api/types.ts';
import { cocoInfo } from '../../engine/dataset/coco/info.ts';
import { exportFormat } from '../../engine/dataset/formats/registry.ts';
import { toDatasetImage } from '../../engine/dataset/projectRecords.ts';
import type { DatasetCategory, DatasetImage, DatasetSource } from '../../engine/dataset/types.ts';
import { refuseOtherKind } from '../../engine/files/originals.ts';
import { proposalsOf } from '../../engine/prelabel/proposals.ts';
import { classColor } from '../../engine/project/classes/classColors.ts';
import type { Patience } from '../database/outage.ts';
import type { RunRequest } from '../order/request.ts';
import { storedResults, type NumberRange, type StoredResult } from './results.ts';

export interface RunExport {
  readonly runSet: number;
  readonly request: RunRequest;
  readonly images: number;
  readonly done: number;
  readonly format: string;
  readonly out: string;
  readonly shards: number;
  readonly overwrite: boolean;
  readonly createdAt: string;
}

export interface Exported {
  readonly files: readonly string[];
  readonly images: number;
  readonly annotations: number;
  readonly warnings: readonly ExportWarning[];
}

export async function exportRun(
  pool: Pool,
  run: RunExport,
  watch: Patience & { readonly onProgress: (done: number) => void },
): Promise<Exported> {
  const format = exportFormat(run.format);
  const files = shardFiles(run.out, run.shards);
  const sum = { images: 0, annotations: 0 };
  const warnings: ExportWarning[] = [];
  for (const [shard, file] of files.entries()) {
    const range = {
      from: Math.floor((run.images * shard) / run.shards),
      to: Math.floor((run.images * (shard + 1)) / run.shards),
    };
    const report = await format.write(sourceOf(pool, run, range, watch), file, {
      signal: watch.signal,
      onProgress: ({ done }) => watch.onProgress(sum.images + done),
      overwrite: run.overwrite,
      guard: (path) => refuseOtherKind(path, 'json'),
      split: null,
      info: infoOf(run),
      tolerancePx: 0,
    });
    sum.images += report.images;
    sum.annotations += report.annotations;
    warnings.push(...report.warnings);
  }
  return { files, ...sum, warnings };
}

/** `coco.json`, or `coco-00001-of-00003.json` and so on. */
export function shardFiles(out: string, shards: number): string[] {
  if (shards === 1) return [out];
  const five = (number: number) => String(number).padStart(5, '0');
  const name = basename(out).replace(/\.json$/i, '');
  return Array.from({ length: shards }, (_, shard) =>
    join(dirname(out), `${name}-${five(shard + 1)}-of-${five(shards)}.json`),
  );
}

function infoOf({ request, createdAt }: RunExport) {
  const { pack, params, classes, version } = request;
  return cocoInfo({
    appVersion: version,
    model: pack,
    preset: params.preset,
    prompts: Object.fromEntries(classes.map(({ name, prompt }) => [name, prompt || name])),
    createdAt,
  });
}

function sourceOf(
  pool: Pool,
  { runSet, request, done }: RunExport,
  range: NumberRange,
  patience: Patience,
): DatasetSource {
  return {
    categories: categoriesOf(request),
    imageCount: done,
    async *images() {
      for await (const result of storedResults(pool, runSet, range, patience))
        yield datasetImage(result);
    },
  };
}

function categoriesOf({ classes }: RunRequest): DatasetCategory[] {
  return classes.map(({ id, name, supercategory, kind }) => ({
    id,
    name,
    supercategory,
    isThing: kind === 'thing',
    extra: {},
    color: classColor(id - 1),
  }));
}

/** The same way from masks to records as through a project. */
function datasetImage({ path, found }: StoredResult): DatasetImage {
  const { width, height, masks } = found;
  let ids = 0;
  const proposals = proposalsOf(masks, '' as RunId, {
    newId: () => String((ids += 1)) as AnnotationId,
    above: 0,
  });
  return toDatasetImage({ name: path, width, height, status: 'proposals' }, proposals, {});
}
