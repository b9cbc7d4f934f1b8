// The report of a benchmark for the window: of the job that it belongs to, from the scores beside the project.
import { dirname, join } from 'node:path';
import type { BenchmarkSummary } from '../../../api/benchmark.ts';
import type { JobId } from '../../../api/types.ts';
import type { EngineContext } from '../../context.ts';
import type { Project } from '../../project/project.ts';
import { readResult } from '../resultFile.ts';
import { reportPage } from './page.ts';
import { classesByIou, modelWords, warnings } from './words.ts';
import { SCORES_FILE } from './write.ts';

/** Null where the job is no benchmark. Throws IMPORT_INVALID when its scores are gone. */
export async function benchmarkSummary(
  { host }: Pick<EngineContext, 'host'>,
  project: Project,
  id: JobId,
): Promise<BenchmarkSummary | null> {
  const path = reportPage(project, id);
  if (path === null) return null;
  const result = await readResult(join(dirname(project.store.path), SCORES_FILE));
  const { headline, protocols, published } = result;
  const other = headline === 'reference' ? 'standard' : 'reference';
  return {
    title: result.title,
    images: result.images,
    engine: result.engine,
    packName: modelWords(result),
    classesFrom: result.classesFrom,
    settings: result.settings,
    device: result.device,
    imagesPerSecond: result.imagesPerSecond,
    warnings: warnings(result),
    figures: ([headline, other] as const).map((protocol) => {
      const { meanIou, objects, pixelAccuracy } = protocols[protocol];
      return { protocol, meanIou, objects, pixelAccuracy };
    }),
    published: published.map(({ row, classes, protocol, meanIou }) => ({
      row,
      classes,
      protocol,
      meanIou,
    })),
    classes: classesByIou(result).map(({ name, iou, truthPx }) => ({
      name,
      iou: truthPx === 0 ? null : iou,
    })),
    page: host.openPage ? null : `${host.mediaBase}report/${project.id}/${id}`,
  };
}
