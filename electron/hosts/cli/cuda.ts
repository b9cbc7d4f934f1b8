// `salience devices cuda`: what the CUDA libraries of the runtime are, from where and how large; with
// --yes they are fetched, put beside the runtime and tried in a process of their own.
import { join } from 'node:path';
import { installLibraries, missingLibraries } from '../../engine/devices/cuda/install.ts';
import { askFeed } from '../../engine/devices/cuda/offer.ts';
import { wantedLibraries, type WantedLibraries } from '../../engine/devices/cuda/wanted.ts';
import { offeredDevices } from '../../engine/devices/offered.ts';
import { useProxyOf } from '../../../models/packs/download/network.ts';
import { REAL_PATIENCE, type Patience } from '../../../models/packs/download/retry.ts';
import { bytesInWords, percentInWords } from '../../../models/packs/words.ts';
import { callEngine, startEngine, userDataFolder } from '../startEngine.ts';
import { deviceLine } from './devices.ts';
import { EXIT, onInterrupt } from './exit.ts';
import { say, tell } from './lines.ts';

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
    wanted: wantedLibraries,
    scratch: join(userDataFolder(), 'cache', 'cuda'),
    verify: testCuda,
  },
): Promise<number> {
  const here = offeredDevices(parts.platform, parts.arch).find((one) => one.provider === 'cuda');
  if (here?.notHere !== null) {
    tell(here?.notHere ?? 'There is no CUDA.');
    return EXIT.couldNotStart;
  }
  useProxyOf(process.env);
  const interrupt = onInterrupt(tell);
  const { signal } = interrupt;
  try {
    const wanted = await parts.wanted();
    const missing = await missingLibraries(wanted);
    if (missing.length === 0) {
      say(`The CUDA libraries of the runtime are in ${wanted.folder}.`);
      return (await parts.verify(signal)) ? EXIT.ok : EXIT.someFailed;
    }
    const patience: Patience = {
      ...(parts.patience ?? REAL_PATIENCE),
      signal,
      onRetry: ({ waitMs, reason }) =>
        tell(`${reason}; trying again in ${Math.ceil(waitMs / 1000)} s`),
    };
    const { fetch } = globalThis;
    const offer = await askFeed(wanted, { fetch, patience });
    say(
      [
        `${wanted.name} ${wanted.version}, ${bytesInWords(offer.bytes)}`,
        `    from ${new URL(offer.url).host}`,
        `    for ${wanted.files.map(({ name }) => name).join(' and ')}`,
        `    into ${wanted.folder}`,
        'CUDA 12 and cuDNN 9 themselves come with the graphics driver and from NVIDIA; they are not fetched.',
      ].join('\n'),
    );
    if (!yes) {
      say('Nothing was fetched. Add --yes to get them.');
      return EXIT.ok;
    }
    let shown = '';
    await installLibraries(wanted, offer, {
      scratch: parts.scratch,
      fetch,
      patience,
      onProgress(received, total) {
        const now = `${percentInWords(received, total)} of ${bytesInWords(total)}`;
        if (now === shown) return;
        shown = now;
        if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${now}`);
      },
    });
    say('Installed. Trying them now.');
    return (await parts.verify(signal)) ? EXIT.ok : EXIT.someFailed;
  } finally {
    interrupt.release();
  }
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
