// CUDA in the window: asked only when pressed, fetched with progress, and what went wrong in its own words.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../../electron/api/errors.ts';
import type { CudaLibraries } from '../../../../../electron/api/types.ts';
import { Cuda } from '../../../../../renderer/src/screens/models/devices/cuda.svelte.ts';
import type { App } from '../../../../../renderer/src/state/app.svelte.ts';

const OFFER: CudaLibraries = {
  installed: false,
  offer: { name: 'Runtime.Gpu 1.30.0', bytes: 3e8, host: 'feed.test' },
  products: '',
  needs: [],
  missing: [],
};

interface Options {
  readonly signal: AbortSignal;
  readonly onProgress: (event: { stage: string; done: number; total: number }) => void;
}

function bench(answer: (fetch: boolean, options: Options) => Promise<CudaLibraries>) {
  const asked: boolean[] = [];
  const session = {
    call: (_: string, { fetch }: { fetch: boolean }, options: Options) => {
      asked.push(fetch);
      return answer(fetch, options);
    },
  };
  return { cuda: new Cuda({ session } as unknown as App), asked };
}

describe('CUDA in the window', () => {
  it('is asked about before anything is fetched', async () => {
    const { cuda, asked } = bench((fetch, { onProgress }) => {
      if (fetch) onProgress({ stage: 'Download', done: 1, total: 4 });
      return Promise.resolve(fetch ? { ...OFFER, installed: true, offer: null } : OFFER);
    });
    expect(asked).toEqual([]);
    await cuda.ask();
    expect(cuda.libraries?.offer?.bytes).toBe(3e8);
    const fetched = cuda.fetch();
    expect([cuda.busy, cuda.share]).toEqual(['fetching', 0.25]);
    void cuda.fetch();
    await fetched;
    expect(asked, 'a second press asks nothing').toEqual([false, true]);
    expect([cuda.busy, cuda.libraries?.installed]).toEqual([null, true]);
  });

  it('is stopped without a word', async () => {
    const { cuda } = bench(
      (_, { signal }) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new AppError('CANCELLED', 'stopped'))),
        ),
    );
    const fetched = cuda.fetch();
    cuda.stop();
    await fetched;
    expect([cuda.busy, cuda.problem]).toEqual([null, null]);
  });

  it('says that its feed cannot be reached, not the hub of models', async () => {
    const { cuda } = bench(() =>
      Promise.reject(new AppError('HUB_UNREACHABLE', 'x', { data: { found: 'no network' } })),
    );
    await cuda.ask();
    expect(cuda.problem).toBe(
      'The package feed cannot be reached: no network. Behind a proxy set HTTPS_PROXY. Nothing was changed.',
    );
  });
});
