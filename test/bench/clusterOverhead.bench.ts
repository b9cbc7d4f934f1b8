// One worker against `prelabel` alone, in turns on the same images (target: 0.97 of its pace or more), and two workers
// with a processor each against one such worker (target: 1.9 times). `--images 24 --rounds 3` for another run.
import { spawn } from 'node:child_process';
import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openPool } from '../../electron/cluster/database/pool.ts';
import { clusterServer } from '../helpers/drivers/clusterBench.ts';
import { CLI, environmentAt, runCli } from '../helpers/drivers/runCli.ts';
import { temporaryFolder } from '../helpers/drivers/temporaryFolder.ts';
import { option } from '../helpers/drivers/testAsBench.ts';

const SCENES = join(import.meta.dirname, '../fixtures/scenes');
const CLASSES = ['--classes', 'snail,umbrella,pineapple,~wood,~stone'];
const count = Number(option('images', '24'));
const rounds = Number(option('rounds', '3'));

await using server = await clusterServer({}, { syncs: true });
await using folder = await temporaryFolder();
const images = join(folder.path, 'photos');
await mkdir(images);
const scenes = (await readdir(SCENES)).filter((name) => name.endsWith('.png')).slice(0, count);
for (const name of scenes) await cp(join(SCENES, name), join(images, name));
const home = join(folder.path, 'home');

async function mustRun(args: readonly string[], db = ''): Promise<string> {
  const { code, stdout, stderr } = await runCli(args, { home, env: { SALIENCE_DB: db } });
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
  return stdout;
}

/** Images a second by `prelabel`, its model's start included. */
async function alone(round: number): Promise<number> {
  const out = join(folder.path, `alone-${round}.json`);
  // A cache of its own: nothing is taken from the round before.
  const { code, stdout, stderr } = await runCli(
    ['prelabel', images, ...CLASSES, '--out', out, '--json'],
    { home: join(folder.path, `home-${round}`) },
  );
  if (code !== 0) throw new Error(stderr);
  return count / (JSON.parse(stdout) as { job: { seconds: number } }).job.seconds;
}

/** Images a second by workers on these processors; null = all of them, one worker. */
async function together(processors: readonly number[] | null): Promise<number> {
  const db = await server.database();
  await mustRun(['cluster', 'submit', images, ...CLASSES], db);
  const work = ['cluster', 'work', '--until-empty', '--quiet', '--root', `photos=${images}`];
  if (processors === null) await mustRun(work, db);
  else await Promise.all(processors.map((one) => workOnProcessor(one, work, db)));
  const pool = await openPool({ kind: 'url', url: db }, { connections: 1, name: 'bench' });
  const { rows } = await pool.query<{ whole: number; steady: number; done: number }>(
    `WITH good AS (SELECT worker, ended_at FROM salience.result WHERE failure IS NULL),
       first AS (SELECT max(at) AS at FROM (SELECT min(ended_at) AS at FROM good GROUP BY worker) x)
     SELECT count(*)::int AS done,
       (count(*) / extract(epoch FROM max(ended_at)
         - (SELECT min(started_at) FROM salience.worker)))::float8 AS whole,
       (count(*) FILTER (WHERE ended_at > first.at)
         / extract(epoch FROM max(ended_at) - first.at))::float8 AS steady
     FROM good, first GROUP BY first.at`,
  );
  await pool.end();
  if (rows[0]?.done !== count) throw new Error(`${rows[0]?.done} of ${count} images were done`);
  // A worker that is still loading its model is no measure of two that work.
  return processors === null ? rows[0].whole : rows[0].steady;
}

function workOnProcessor(processor: number, args: readonly string[], db: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      'taskset',
      ['-c', String(processor), process.execPath, CLI, ...args, '--threads', '1'],
      { env: environmentAt(home, { SALIENCE_DB: db }), stdio: 'ignore' },
    );
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`ended with ${code}`))));
  });
}

const middle = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[values.length >> 1]!;
const ratios: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  const [one, other] = [await alone(round), await together(null)];
  ratios.push(other / one);
  console.log(
    `prelabel ${one.toFixed(2)}, one worker ${other.toFixed(2)} images a second: ${(other / one).toFixed(3)}`,
  );
}
console.log(`middle of ${rounds}: ${middle(ratios).toFixed(3)} (target 0.97)`);
if (process.platform === 'linux') {
  const scaling: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [one, two] = [await together([0]), await together([0, 1])];
    scaling.push(two / one);
    console.log(`one core ${one.toFixed(2)}, two ${two.toFixed(2)}: ${(two / one).toFixed(2)}`);
  }
  console.log(`middle of ${rounds}: ${middle(scaling).toFixed(2)} (target 1.9)`);
}
