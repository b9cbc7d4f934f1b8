// The project as a data set for export: images in name order, a page at a time, so that memory stays
// constant and other requests get their turn.
import type { ImageId, Json } from '../../api/types.ts';
import type { EngineContext } from '../context.ts';
import { toDatasetCategory, toDatasetImage } from '../dataset/projectRecords.ts';
import type { DatasetImage, DatasetSource } from '../dataset/types.ts';
import { knowImage } from '../images/imageFiles.ts';
import { annotationsOf } from '../project/annotations.ts';
import { listCategories } from '../project/categories.ts';
import type { ImageRow } from '../project/images.ts';
import { statusCounts, toRecord } from '../project/images.ts';
import type { Project } from '../project/project.ts';

const PAGE = 100;

export interface ProjectSource extends DatasetSource {
  /** Images left out because their size could not be read, with the reason. */
  readonly leftOut: Map<string, string>;
}

/** Accepted annotations (and proposals on request) of every image, also of images without any. */
export function projectSource(
  context: EngineContext,
  project: Project,
  options: {
    includeProposals: boolean;
    signal: AbortSignal;
    /** Only these images; null = all. */
    only?: ReadonlySet<ImageId> | null;
  },
): ProjectSource {
  const { only = null } = options;
  const leftOut = new Map<string, string>();
  return {
    leftOut,
    categories: listCategories(project.store).map(toDatasetCategory),
    imageCount: only?.size ?? statusCounts(project.store).images,
    async *images() {
      let after: { sort: string; id: number } = { sort: '', id: 0 };
      for (;;) {
        const rows = project.store.all<ImageRow & { sort: string; extra: string | null }>(
          `SELECT * FROM image WHERE (sort, id) > (?, ?) ORDER BY sort, id LIMIT ${PAGE}`,
          after.sort,
          after.id,
        );
        for (const row of rows) {
          if (only && !only.has(row.id as ImageId)) continue;
          const image = await datasetImage(context, project, row, options, leftOut);
          if (image) yield image;
        }
        const last = rows.at(-1);
        if (!last) return;
        after = { sort: last.sort, id: last.id };
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

async function datasetImage(
  context: EngineContext,
  project: Project,
  row: ImageRow & { extra: string | null },
  options: { includeProposals: boolean; signal: AbortSignal },
  leftOut: Map<string, string>,
): Promise<DatasetImage | null> {
  options.signal.throwIfAborted();
  const annotations = annotationsOf(project.store, row.id as ImageId).filter(
    ({ status }) => status === 'accepted' || (options.includeProposals && status === 'proposal'),
  );
  let { width, height } = row;
  if (width === 0) {
    try {
      const known = await knowImage(project, context.link, row.id as ImageId, {
        signal: options.signal,
        priority: 'batch',
      });
      ({ width, height } = known.record);
    } catch (error) {
      options.signal.throwIfAborted();
      leftOut.set(row.name, error instanceof Error ? error.message : String(error));
      return null;
    }
  }
  return toDatasetImage(
    { ...toRecord(row), width, height },
    annotations,
    row.extra === null ? {} : (JSON.parse(row.extra) as Json),
  );
}
