// CUDA from the window: what it needs on this computer, and fetching the runtime's own libraries.
import { join } from 'node:path';
import { AppError } from '../../../api/errors.ts';
import { deviceWords } from '../../../api/said/deviceWords.ts';
import { say } from '../../../api/said/said.ts';
import { REAL_PATIENCE } from '../../../../models/packs/download/hub/retry.ts';
import type { EngineContext, HandlerGroup } from '../../context.ts';
import type { CudaFetch } from '../../devices/cuda/libraries.ts';
import { ownRuntimeIn, wantedLibraries } from '../../devices/cuda/wanted.ts';
import { offeredDevices } from '../../devices/offered.ts';
import { takeWayTo } from '../../packs/hubProxy.ts';
import { translated } from '../../packs/modelErrors.ts';

export function cudaHandlers(context: EngineContext): Pick<HandlerGroup<'device'>, 'device.cuda'> {
  return {
    async 'device.cuda'({ fetch: wished }, call) {
      const here = offeredDevices(process.platform, process.arch).find(
        ({ provider }) => provider === 'cuda',
      );
      const why = here?.notHere ?? null;
      if (why) throw new AppError('DEVICE_FAILED', say(deviceWords, why), { data: { why } });
      const { cudaLibraries, fetchCuda } = await import('../../devices/cuda/libraries.ts');
      const wanted = await wantedLibraries(ownRuntimeIn(context.userDataFolder));
      await takeWayTo(context.host, process.env, wanted.feed);
      const parts: CudaFetch = {
        wanted,
        scratch: join(context.userDataFolder, 'cache', 'cuda'),
        fetch: globalThis.fetch,
        patience: { ...REAL_PATIENCE, signal: call.signal },
      };
      if (!wished) return translated(() => cudaLibraries(parts));
      const libraries = await translated(() =>
        fetchCuda(parts, (done, total) => call.progress({ stage: 'Download', done, total })),
      );
      // The model process has looked for its providers already.
      await context.link.restart();
      return libraries;
    },
  };
}
