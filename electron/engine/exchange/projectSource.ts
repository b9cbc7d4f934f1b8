// The project as a data set for export: images in name order, a page at a time, so that memory stays
// constant and other requests get their turn.
import type { ExportImageStop } from '../../api/methods/exchange.ts';
import type { ImageId } from '../../api/types.ts';
import type { EngineContext } from '../context.ts';
import { relativeNameFault } from '../dataset/fileNames.ts';
import { toDatasetCategory, toDatasetImage } from '../dataset/projectRecords.ts';
import type { DatasetImage, DatasetSource } from '../dataset/types.ts';
import { knowImage } from '../images/imageFiles.ts';
import { annotationsOf } from '../project/annotations.ts';
import { listCategories } from '../project/classes/categories.ts';
import { notesOf } from '../project/images/imageNotes.ts';
import type { ImageRow } from '../project/images/images.ts';
import { imagePages, imageRow, statusCounts, toRecord } from '../project/images/images.ts';
import type { Project } from '../project/project.ts';
import { storedJson } from '../project/database/storedJson.ts';
import { AppError, toPayload } from '../../api/errors.ts';
import type { ExportWarning } from '../../api/said/exportWords.ts';
import { isLabelledBeforeReplacement } from '../images/changedImages.ts';

const AWAY: readonly string[] = ['IMAGE_MISSING', 'FOLDER_MISSING'];

export interface ProjectSource extends DatasetSource {
  /** Images left out because their size cannot be read or their name not be written, with the reason. */
  readonly leftOut: Map<string, ExportWarning>;
  /** Images whose files were replaced after they were labelled. */
  readonly replaced: string[];
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
    /** Left out of them, with the reason told. */
    except?: ReadonlyMap<ImageId, ExportImageStop> | undefined;
  },
): ProjectSource {
  const { only = null, except } = options;
  const leftOut = new Map<string, ExportWarning>();
  const replaced: string[] = [];
  return {
    leftOut,
    replaced,
    categories: listCategories(project.store).map(toDatasetCategory),
    imageCount: (only?.size ?? statusCounts(project.store).images) - (except?.size ?? 0),
    async *images() {
      for await (const rows of imagePages(project.store))
        for (const row of rows) {
          if (only && !only.has(row.id as ImageId)) continue;
          const stop = except?.get(row.id as ImageId);
          if (stop) {
            leftOut.set(row.name, { code: stop, values: [row.name] });
            continue;
          }
          const image = await datasetImage(context, project, row, {
            ...options,
            leftOut,
            replaced,
          });
          if (image) yield image;
        }
    },
  };
}

async function datasetImage(
  context: EngineContext,
  project: Project,
  row: ImageRow & { extra: string | null },
  options: { includeProposals: boolean; signal: AbortSignal } & Pick<
    ProjectSource,
    'leftOut' | 'replaced'
  >,
): Promise<DatasetImage | null> {
  const { leftOut, replaced } = options;
  options.signal.throwIfAborted();
  const out = (error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    const warning = { code: 'leftOut', values: [row.name, why], error: toPayload(error) } as const;
    leftOut.set(row.name, warning);
  };
  const fault = relativeNameFault(row.name);
  if (fault !== null) {
    out(new AppError('IMAGE_NAME', `its name ${fault}; rename the file`));
    return null;
  }
  let { width, height } = row;
  try {
    const known = await knowImage(project, context.link, row.id as ImageId, {
      signal: options.signal,
      priority: 'batch',
    });
    ({ width, height } = known.record);
  } catch (error) {
    options.signal.throwIfAborted();
    // A file that is away does not take its labels with it.
    const isAway = error instanceof AppError && AWAY.includes(error.code);
    if (width === 0 || !isAway) {
      out(error);
      return null;
    }
  }
  const annotations = annotationsOf(project.store, row.id as ImageId).filter(
    ({ status }) => status === 'accepted' || (options.includeProposals && status === 'proposal'),
  );
  if (
    annotations.length > 0 &&
    isLabelledBeforeReplacement(project, imageRow(project.store, row.id as ImageId))
  )
    replaced.push(row.name);
  return toDatasetImage(
    { ...toRecord(row, notesOf(project.store, row.id as ImageId)), width, height },
    annotations,
    row.extra === null ? {} : storedJson(row.extra, 'object', `the extra data of ${row.name}`),
  );
}
