// Tasks that measure devices and precisions: everything kept is freed first, so that a model under test
// has the memory to itself.
import { readManifest } from '../../../models/packs/packFolder.ts';
import { AppError } from '../../api/errors.ts';
import { deviceWords } from '../../api/said/deviceWords.ts';
import { say } from '../../api/said/said.ts';
import { causeOf } from '../../link/words/deviceWords.ts';
import { asAppError } from '../errors.ts';
import { openPack } from '../session/openPack.ts';
import type { SessionTasks } from '../tasks.ts';
import type { TaskHandlers } from '../threads/threadTask.ts';
import { measureDevice } from './deviceTest.ts';
import { clickTrial, explainTrial } from './deviceTrials.ts';
import { measurePrecision } from './precisionTest.ts';

export function measureTasks(
  letGo: () => Promise<void>,
): Pick<TaskHandlers<SessionTasks>, 'device' | 'precision'> {
  return {
    async device({ pack, provider }, call) {
      await letGo();
      const { kind } = await readManifest(pack.folder);
      const trial =
        kind === 'segment'
          ? clickTrial(pack, provider)
          : explainTrial(pack, provider, openPack, call);
      return onDevice(provider, () => measureDevice(provider, trial, call));
    },

    async precision(input, call) {
      await letGo();
      return onDevice(input.provider, () => measurePrecision(input, openPack, call));
    },
  };
}

/** The runtime's failures as a sentence, with its own words for the log. */
async function onDevice<T>(provider: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const known = asAppError(error);
    if (known instanceof AppError) throw known;
    const raw = error instanceof Error ? error.message : String(error);
    const why = causeOf(provider, raw);
    throw new AppError('DEVICE_FAILED', say(deviceWords, why), {
      data: { raw, why },
      cause: error,
    });
  }
}
