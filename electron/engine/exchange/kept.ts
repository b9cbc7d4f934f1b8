// What an imported COCO file had besides its records, kept with the project for writing back.
import type { Json } from '../../api/types.ts';
import type { ExportOptions } from '../dataset/formats/format.ts';
import type { JsonObject } from '../dataset/types.ts';
import type { Project } from '../project/project.ts';
import { storedJson } from '../project/database/storedJson.ts';

export const KEPT_META = 'coco.kept';

/** Export options that write kept fields and ids back; nothing for projects without an import. */
export function keptOf(project: Project): Pick<ExportOptions, 'kept'> {
  const text = project.meta(KEPT_META);
  if (text === null) return {};
  const { licenses, extra } = storedJson<{ licenses: Json; extra: JsonObject }>(
    text,
    'object',
    'what an import left for the next export',
  );
  return { kept: { licenses, extra, ids: true } };
}
