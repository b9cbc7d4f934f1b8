// The real program over real images: 3 workers, 30 kill -9 at random moments and 3 ends of the database over 300
// images; what is exported must equal what `prelabel` writes, annotation by annotation.
// `--images 300 --kills 30 --restarts 3 --seed 7` for another run.
import { deepStrictEqual } from 'node:assert/strict';
import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPool } from '../../electron/cluster/database/pool.ts';
import { clusterServer } from '../helpers/drivers/clusterBench.ts';
import { contentsOf } from '../helpers/drivers/cocoContents.ts';
import { endServer } from '../helpers/drivers/endServer.ts';
import { startProgram, type Program } from '../helpers/drivers/program.ts';
import { runCli } from '../helpers/drivers/runCli.ts';
import { temporaryFolder } from '../helpers/drivers/temporaryFolder.ts';
import { option } from '../helpers/drivers/testAsBench.ts';
import { randomFrom } from '../helpers/fixtures/random.ts';

const SCENES = join(import.meta.dirname, '../fixtures/scenes');
const CLASSES = ['--classes', 'snail,umbrella,pineapple,~wood,~stone'];
const HOW = ['immediate', 'fast', 'kill'] as const;
const count = Number(option('images', '300'));
const kills = Number(option('kills', '30'));
const restarts = Number(option('restarts', '3'));
const seed = Number(option('seed', String(Date.now() % 1_000_000)));

await using server = await clusterServer();
await using folder = await temporaryFolder();
const path = (name: string) => join(folder.path, name);
const images = path('photos');
await mkdir(images);
const scenes = (await readdir(SCENES)).filter((name) => name.endsWith('.png')).sort();
for (let n = 0; n < count; n += 1)
  await cp(
    join(SCENES, scenes[n % scenes.length]!),
    join(images, `${String(n).padStart(4, '0')}.png`),
  );
const env = { SALIENCE_DB: await server.database() };

async function cli(...args: readonly string[]): Promise<void> {
  const { code, stderr } = await runCli(args, { home: path('home'), env });
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
}

await cli('cluster', 'submit', images, ...CLASSES, '--name', 'real');
const work = ['cluster', 'work', '--until-empty', '--quiet', '--threads', '1', '--root'];
const start = (slot: number) =>
  startProgram([...work, `photos=${images}`], path(`home-${slot}`), env);
const pool = await openPool(
  { kind: 'url', url: env.SALIENCE_DB },
  { connections: 1, name: 'bench' },
);
const done = async () => {
  const { rows } = await pool.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM salience.result',
  );
  return rows[0]!.n;
};

/** Kills and ends come at a place in the work, so that there are as many of them on any machine. */
async function underFaults(): Promise<void> {
  const random = randomFrom(seed);
  const faults = [
    ...Array.from({ length: kills }, () => ({ at: random() * count, isKill: true })),
    ...Array.from({ length: restarts }, () => ({ at: random() * count, isKill: false })),
  ].sort((a, b) => a.at - b.at);
  const workers: Program[] = [0, 1, 2].map(start);
  const over = new Set<number>();
  const watch = (slot: number) =>
    void workers[slot]!.ended.then((code) => {
      if (code === 0) return over.add(slot);
      workers[slot] = start(slot);
      watch(slot);
    });
  for (const slot of workers.keys()) watch(slot);
  let ended = 0;
  while (over.size < workers.length) {
    await sleep(300);
    const soFar = await done().catch(() => 0);
    const fault = faults[0];
    if (!fault || soFar < fault.at) continue;
    faults.shift();
    if (fault.isKill) workers[Math.floor(random() * workers.length)]!.kill();
    else {
      await endServer(server.home, HOW[ended++ % HOW.length]!);
      await server.revive();
    }
  }
  if (faults.length > 0)
    throw new Error(`${faults.length} faults came too late; take another seed`);
}

const begun = performance.now();
await underFaults();
const seconds = (performance.now() - begun) / 1000;
await cli('cluster', 'export', 'real', '--out', path('cluster.json'));
await cli('prelabel', images, ...CLASSES, '--out', path('alone.json'), '--quiet');
await pool.end();
const [found, expected] = [
  await contentsOf(path('cluster.json')),
  await contentsOf(path('alone.json')),
];
deepStrictEqual(found, expected);
const masks = found.images.reduce((sum, { annotations }) => sum + annotations.length, 0);
console.log(
  `seed ${seed}: ${count} images, ${masks} masks, ${kills} kill -9, ${restarts} ends of the database, ${seconds.toFixed(0)} s: equal to prelabel`,
);
