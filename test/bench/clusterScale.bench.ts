// A very large run set through every stage, and 64 workers that only wait. `--images 1000000` for the million,
// `--busy-ms 500` for slower images. Ratios matter: the database runs on the same machine.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StageWords } from '../helpers/children/clusterStage.ts';
import { clusterServer } from '../helpers/drivers/clusterBench.ts';
import { temporaryFolder } from '../helpers/drivers/temporaryFolder.ts';
import { option } from '../helpers/drivers/testAsBench.ts';

const CHILD = fileURLToPath(new URL('../helpers/children/clusterStage.ts', import.meta.url));
const images = Number(option('images', '100000'));
const busyMs = Number(option('busy-ms', '500'));

interface Figures {
  readonly count: number;
  readonly seconds: number;
  readonly peakMiB: number;
  /** Null for a stage that was too short to tell. */
  readonly growth: number | null;
}

function stage(words: StageWords): Promise<Figures> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, JSON.stringify(words)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    child.on('close', (code) =>
      code === 0 ? resolve(JSON.parse(text) as Figures) : reject(new Error(`ended with ${code}`)),
    );
  });
}

const told = (what: string, { count, seconds, peakMiB, growth }: Figures) =>
  console.log(
    `${what.padEnd(28)} ${count} images in ${seconds.toFixed(1)} s, ${Math.round(count / seconds)} a second, peak ${peakMiB} MiB, last quarter ${growth?.toFixed(2) ?? '-'} of the second`,
  );

const counted = (files: number) => `${files} ${files === 1 ? 'file' : 'files'}`;

await using server = await clusterServer({}, { syncs: true });
await using folder = await temporaryFolder();
const base = { url: await server.database(), images, out: join(folder.path, 'out.json') };
told('submit', await stage({ ...base, stage: 'submit', ms: 0, inFlight: 0 }));
told('the same again', await stage({ ...base, stage: 'submit', ms: 0, inFlight: 0 }));
const workers = [0, 1].map(() => stage({ ...base, stage: 'work', ms: 0, inFlight: 8 }));
for (const figures of await Promise.all(workers)) told('work without waiting', figures);
// Reading a file back keeps its names, about 500 bytes an image; files of a run set are read one after the other.
for (const shards of [1, 10])
  told(
    `export, ${counted(shards)}`,
    await stage({ ...base, stage: 'export', ms: 0, inFlight: 0, shards }),
  );

// Long enough that the beginning and the end weigh little.
const busy = { ...base, url: await server.database(), images: Math.round((64 * 60_000) / busyMs) };
await stage({ ...busy, stage: 'submit', ms: 0, inFlight: 0 });
const loops = [0, 1, 2, 3].map(() => stage({ ...busy, stage: 'work', ms: busyMs, inFlight: 16 }));
const all = await Promise.all(loops);
const rate = all.reduce((sum, { count, seconds }) => sum + count / seconds, 0);
console.log(
  `64 workers, ${busyMs} ms an image  ${rate.toFixed(1)} images a second of ${64_000 / busyMs}: ${((100 * rate * busyMs) / 64_000).toFixed(1)} % busy`,
);
