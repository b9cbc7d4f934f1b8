// From the folder of a click model's pack to the model.
import { loadPack } from '../../../models/packs/load.ts';
import type { PackChoice } from '../../link/facts.ts';
import { usualThreads } from '../session/cores.ts';
import { bytesOfPack } from '../session/openPack.ts';
import type { SessionSettings } from '../session/ort.ts';
import { loadSegmentModel, segmentSourceOf, type OrtSegmentModel } from './segmentModel.ts';

/** Opens a click model on these providers; the caller disposes of it. */
export async function openClicks(
  choice: PackChoice,
  providers: readonly string[],
  settings: Pick<SessionSettings, 'profilePrefix'> = {},
): Promise<{ readonly model: OrtSegmentModel; readonly bytes: number }> {
  const pack = await loadPack(choice.folder);
  const bytes = bytesOfPack(pack);
  const threads = choice.threads > 0 ? choice.threads : usualThreads(bytes);
  const model = await loadSegmentModel(segmentSourceOf(pack), {
    ...settings,
    providers,
    ...(threads === null ? {} : { threads }),
    ...(choice.lowMemory ? { prepack: false, memoryArena: false } : {}),
  });
  return { model, bytes };
}
