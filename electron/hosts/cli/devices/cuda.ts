// `salience devices cuda`: what the CUDA libraries of the runtime are, from where and how large; with
// --yes they are fetched, put beside the runtime and tried in a process of their own.
import { join } from 'node:path';
import { deviceWords } from '../../../api/said/deviceWords.ts';
import { say as sentence } from '../../../api/said/said.ts';
import type { CudaLibraries } from '../../../api/model.ts';
import { cudaLibraries, fetchCuda } from '../../../engine/devices/cuda/libraries.ts';
import {
  ownRuntimeIn,
  wantedLibraries,
  type WantedLibraries,
} from '../../../engine/devices/cuda/wanted.ts';
import { offeredDevices } from '../../../engine/devices/offered.ts';
import { useProxyOf } from '../../../../models/packs/download/hub/network.ts';
import { REAL_PATIENCE, type Patience } from '../../../../models/packs/download/hub/retry.ts';
import { bytesInWords, percentInWords } from '../../../../models/packs/words.ts';
import { userDataFolder } from '../../home.ts';
import { callEngine, startEngine } from '../../startEngine.ts';
import { deviceLine } from './devices.ts';
import { EXIT, onInterrupt, STOP } from '../terminal/exit.ts';
import { say, sayLines, tell } from '../terminal/lines.ts';

export interface CudaWords {
  readonly yes?: boolean;
}

/** Replaceable parts, for tests. */
export interface CudaParts {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly wanted: () => Promise<WantedLibraries>;
  readonly scratch: string;
  /** Tries the device; true when it works. */
  readonly verify: (signal: AbortSignal) => Promise<boolean>;
  readonly patience?: Pick<Patience, 'wait' | 'random'>;
}

export async function cudaCommand(
  { yes }: CudaWords,
  parts: CudaParts = {
    platform: process.platform,
    arch: process.arch,
    wanted: () => wantedLibraries(ownRuntimeIn(userDataFolder())),
    scratch: join(userDataFolder(), 'cache', 'cuda'),
    verify: testCuda,
  },
): Promise<number> {
  const here = offeredDevices(parts.platform, parts.arch).find((one) => one.provider === 'cuda');
  if (here?.notHere) {
    tell(sentence(deviceWords, here.notHere));
    return EXIT.couldNotStart;
  }
  useProxyOf(process.env);
  const interrupt = onInterrupt(STOP.download, tell);
  const { signal } = interrupt;
  try {
    const wanted = await parts.wanted();
    const patience: Patience = {
      ...(parts.patience ?? REAL_PATIENCE),
      signal,
      onRetry: ({ waitMs, reason }) =>
        tell(`${reason}; trying again in ${Math.ceil(waitMs / 1000)} s`),
    };
    const fetching = { wanted, scratch: parts.scratch, fetch: globalThis.fetch, patience };
    const found = await cudaLibraries(fetching);
    if (found.offer === null) {
      say(`The CUDA libraries of the runtime are in ${wanted.folder}.`);
      tellNeeds(found);
      return (await parts.verify(signal)) ? EXIT.ok : EXIT.someFailed;
    }
    sayLines(
      [
        `${found.offer.name}, ${bytesInWords(found.offer.bytes)}`,
        `    from ${found.offer.host}`,
        `    for ${wanted.files.map(({ name }) => name).join(' and ')}`,
        `    into ${wanted.folder}`,
        "NVIDIA's own libraries, CUDA and cuDNN, are no part of it. Which versions it needs is read from it once it is here.",
      ].join('\n'),
    );
    if (!yes) {
      say('Nothing was fetched. Add --yes to get them.');
      return EXIT.ok;
    }
    const there = await fetchCuda(fetching, shareTeller());
    say('Installed.');
    tellNeeds(there);
    say('Trying them now.');
    return (await parts.verify(signal)) ? EXIT.ok : EXIT.someFailed;
  } finally {
    interrupt.release();
  }
}

/** Tells how much has arrived, a line that replaces itself; nothing where nobody looks. */
function shareTeller(): (received: number, total: number) => void {
  let shown = '';
  return (received, total) => {
    const now = `${percentInWords(received, total)} of ${bytesInWords(total)}`;
    if (now === shown) return;
    shown = now;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${now}`);
  };
}

/** What the provider asks of NVIDIA, read from its own file, and what of it is not here. */
function tellNeeds({ products, needs, missing }: CudaLibraries): void {
  if (needs.length === 0) return;
  say(`It needs ${products} from NVIDIA: ${needs.join(', ')}.`);
  if (missing.length > 0)
    say(
      `Not found here: ${missing.join(', ')}. Install them, or name their folder in LD_LIBRARY_PATH.`,
    );
}

async function testCuda(signal: AbortSignal): Promise<boolean> {
  const engine = await startEngine({ kind: 'commandLine', log: () => {} });
  try {
    const { devices } = await callEngine(engine, 'device.test', { provider: 'cuda' }, { signal });
    const cuda = devices.find(({ provider }) => provider === 'cuda');
    if (cuda) say(deviceLine(cuda));
    return cuda?.works === true;
  } finally {
    await engine.close();
  }
}
