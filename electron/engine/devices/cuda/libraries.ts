// The CUDA libraries of this computer as the window and the command line tell them: what is there, what
// would be fetched, and what of NVIDIA's is needed besides.
import { join } from 'node:path';
import type { CudaLibraries } from '../../../api/types.ts';
import type { Fetch } from '../../../../models/packs/download/network.ts';
import type { Patience } from '../../../../models/packs/download/retry.ts';
import { watchedFetch } from '../../../../models/packs/download/way.ts';
import { installLibraries, missingLibraries } from './install.ts';
import { neededLibraries } from './needed.ts';
import { notFoundHere, nvidiaLibraries, nvidiaProducts } from './nvidia.ts';
import { askFeed, type LibraryOffer } from './offer.ts';
import type { WantedLibraries } from './wanted.ts';

const ROUND_THE_FEED = 'Behind a proxy set HTTPS_PROXY. Nothing was changed';

export interface CudaFetch {
  readonly wanted: WantedLibraries;
  /** Where the package is kept while it arrives. */
  readonly scratch: string;
  readonly fetch: Fetch;
  readonly patience: Patience;
}

/** What is there and, where something is missing, what the feed offers. */
export async function cudaLibraries({
  wanted,
  fetch,
  patience,
}: Omit<CudaFetch, 'scratch'>): Promise<CudaLibraries> {
  if ((await missingLibraries(wanted)).length === 0) return installed(wanted);
  const offer = await offerOf({ wanted, fetch, patience });
  const { name, version } = wanted;
  return {
    installed: false,
    offer: { name: `${name} ${version}`, bytes: offer.bytes, host: new URL(offer.url).host },
    products: '',
    needs: [],
    missing: [],
  };
}

/** Fetches what is missing; then the same as above. */
export async function fetchCuda(
  parts: CudaFetch,
  onProgress: (received: number, total: number) => void,
): Promise<CudaLibraries> {
  const { wanted } = parts;
  if ((await missingLibraries(wanted)).length > 0)
    await installLibraries(wanted, await offerOf(parts), {
      ...parts,
      fetch: watched(parts),
      onProgress,
    });
  return installed(wanted);
}

const watched = ({ fetch, patience }: Pick<CudaFetch, 'fetch' | 'patience'>): Fetch =>
  watchedFetch(fetch, { patience, waysRound: ROUND_THE_FEED });

const offerOf = (parts: Omit<CudaFetch, 'scratch'>): Promise<LibraryOffer> =>
  askFeed(parts.wanted, { fetch: watched(parts), patience: parts.patience });

async function installed({ folder, files }: WantedLibraries): Promise<CudaLibraries> {
  const provider = files.find(({ name }) => name.includes('_cuda'));
  // One that cannot be read so is tried all the same: the test of the device has the last word.
  const names = provider
    ? await neededLibraries(join(folder, provider.name)).catch((): string[] => [])
    : [];
  const needs = nvidiaLibraries(names);
  return {
    installed: true,
    offer: null,
    products: nvidiaProducts(needs),
    needs,
    missing: await notFoundHere(needs, folder),
  };
}
