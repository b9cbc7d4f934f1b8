// The commands as a person types them: the way from a folder to a COCO file and a project, equal to `prelabel`.
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { RunId } from '../../../electron/api/types.ts';
import { memorySecrets } from '../../../electron/engine/secrets/secretStore.ts';
import { openAt } from '../../../electron/engine/opening/opening.ts';
import { startEngine, callEngine } from '../../../electron/hosts/startEngine.ts';
import { clusterServer, type ClusterServer } from '../../helpers/drivers/clusterBench.ts';
import { contentsOf } from '../../helpers/drivers/cocoContents.ts';
import { runCli } from '../../helpers/drivers/runCli.ts';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/drivers/temporaryFolder.ts';

const SCENES = join(import.meta.dirname, '../../fixtures/scenes');
const CLASSES = 'snail,umbrella,pineapple,~wood,~stone';

let server: ClusterServer;
let folder: TemporaryFolder;
let images: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  server = await clusterServer();
  folder = await temporaryFolder();
  images = join(folder.path, 'my photos');
  env = { SALIENCE_DB: await server.emptyDatabase() };
  await mkdir(join(images, 'sub'), { recursive: true });
  const scenes = (await readdir(SCENES)).filter((name) => name.endsWith('.png')).sort();
  const places = ['b.png', 'a.png', 'sub/ünï cödé.png', 'sub.png'];
  for (const [index, place] of places.entries())
    await cp(join(SCENES, scenes[index * 5]!), join(images, place));
  await writeFile(
    join(images, 'torn.png'),
    (await readFile(join(images, 'a.png'))).subarray(0, 700),
  );
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

afterEach(() => void vi.unstubAllEnvs());

const cli = (...args: string[]) =>
  runCli(args, { home: join(folder.path, 'home'), env: { ...env, PGHOST: '' } });
const cluster = (...args: string[]) => cli('cluster', ...args);
const path = (name: string) => join(folder.path, name);

test('submit, work, status, export and pull give what prelabel gives', async () => {
  const submitted = await cluster(
    ...['submit', images, '--classes', CLASSES, '--name', 'things', '--keep-maps'],
  );
  expect(submitted, submitted.stderr).toMatchObject({ code: 0 });
  expect(submitted.stdout).toContain('Run set 1 "things": 5 images listed, 5 new.');
  expect(submitted.stdout).toContain('1 MB to 10 MB in the database for 5 images');
  expect(submitted.stdout).toContain(`salience cluster work --root my photos=${images}`);

  const whole = path('photos of prelabel');
  await cp(images, whole, { recursive: true });
  await rm(join(whole, 'torn.png'));
  const [early, rootless, alone] = await Promise.all([
    cluster('export', 'things', '--out', path('early.json')),
    cluster('work', '--until-empty', '--quiet'),
    cli('prelabel', whole, '--classes', CLASSES, '--out', path('alone.json'), '--quiet'),
  ]);
  expect(early.code).toBe(2);
  expect(early.stderr).toContain(
    'things has 5 open images: export --partial takes the 0 that are done.',
  );
  expect(rootless.stderr).toContain('Give --root "my photos=FOLDER".');

  const worked = await cluster('work', '--until-empty', '--root', `my photos=${images}`, '--json');
  expect(worked, worked.stderr).toMatchObject({ code: 0 });
  expect(JSON.parse(worked.stdout)).toEqual({ done: 4, failed: 1, reason: null });

  const [status, exported] = await Promise.all([
    cluster('status', '1', '--json'),
    cluster('export', 'things', '--out', path('cluster.json')),
  ]);
  const [run] = JSON.parse(status.stdout) as { [field: string]: unknown }[];
  expect(run).toMatchObject({
    name: 'things',
    state: 'open',
    images: 5,
    done: 4,
    failed: 1,
    open: 0,
    mapBytes: expect.any(Number),
    failures: { image_damaged: 1 },
  });

  expect(exported, exported.stderr).toMatchObject({ code: 1 });
  expect(alone, alone.stderr).toMatchObject({ code: 0 });
  const contents = await contentsOf(path('cluster.json'));
  expect(contents.images.flatMap(({ annotations }) => annotations).length).toBeGreaterThan(3);
  expect(contents).toEqual(await contentsOf(path('alone.json')));
});

test('pulled masks are proposals; what was accepted stays, and pulling again adds nothing', async () => {
  const project = path('pulled.salience');
  const first = await cluster('pull', 'things', '--project', project);
  expect(first.code).toBe(2);
  expect(first.stderr).toContain('name the folder with the images, --images FOLDER');
  const pulled = await cluster(
    'pull',
    'things',
    '--project',
    project,
    '--images',
    images,
    '--json',
  );
  expect(pulled, pulled.stderr).toMatchObject({ code: 0 });
  const { proposals, maps } = JSON.parse(pulled.stdout) as { proposals: number; maps: number };
  expect(proposals).toBeGreaterThan(3);
  expect(maps).toBe(4);

  // Where the call above keeps maps.
  vi.stubEnv('SALIENCE_HOME', join(folder.path, 'home'));
  const engine = await startEngine({
    kind: 'browser',
    log: () => undefined,
    secrets: memorySecrets(),
  });
  await openAt(engine.context, project, null, { complete: true });
  const { store } = engine.context.open.get();
  const rows = () =>
    store.all<{ id: string; status: number }>('SELECT id, status FROM annotation ORDER BY id');
  const [one] = rows();
  await callEngine(engine, 'review.decide', { ids: [one!.id as never], decision: 'accept' });
  const before = rows();
  // What the model said of an image is there too.
  expect(store.get<{ n: number }>('SELECT count(*) AS n FROM run')).toEqual({ n: 4 });
  // Its maps too: a threshold moves without any worker.
  const { id: runId } = store.get<{ id: RunId }>('SELECT id FROM run WHERE image_id = 1')!;
  const { params } = await callEngine(engine, 'project.summary', {});
  const moved = { runId, params, draft: true, commit: false } as const;
  const looser = await callEngine(engine, 'prelabel.reapply', {
    ...moved,
    thresholds: { 1: 0.01 },
  });
  const usual = await callEngine(engine, 'prelabel.reapply', { ...moved, thresholds: {} });
  const kept = ({ run }: typeof usual) => run.classes[0]!.patchesKept;
  expect(kept(looser)).toBeGreaterThan(kept(usual));
  await engine.context.open.close();

  const again = await cluster('pull', 'things', '--project', project, '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({
    images: 4,
    proposals: 0,
    notHere: 0,
    differ: 0,
  });
  await openAt(engine.context, project, null, { complete: true });
  const after = engine.context.open
    .get()
    .store.all('SELECT id, status FROM annotation ORDER BY id');
  expect(after).toEqual(before);
  expect(before.find(({ id }) => id === one!.id)?.status).toBe(1);
  await engine.close();
});

test('retry, cancel and remove by the command line', async () => {
  expect((await cluster('retry', 'things')).stdout).toContain('1 image waits for a worker again.');
  expect((await cluster('remove', 'things')).stderr).toContain('has 1 open images');
  expect((await cluster('cancel', 'things')).code).toBe(0);
  expect((await cluster('remove', 'things')).stdout).toContain('is removed, with its results.');
  expect((await cluster('status')).stdout).toContain('No run set yet.');
  const gone = await cluster('export', 'things', '--out', path('gone.json'));
  expect([gone.code, gone.stderr]).toEqual([
    3,
    'There is no run set "things"; "salience cluster status" lists them.\n',
  ]);
});

test('calls that are off say how they are meant, and no password is repeated', async () => {
  const calls: [string[], RegExp | string][] = [
    [
      ['submit', images, '--classes', 'a', '--db', 'postgres://me:s3cret@127.0.0.1:1/x'],
      /^The database cannot be used: .*ECONNREFUSED.*\n$/,
    ],
    [
      ['status', '--db', 'http://me:s3cret@host'],
      'http://***@host is no address of a PostgreSQL database: use postgres://user@host/name, or embedded.',
    ],
    [['submit', images, '--classes', 'a', '--set', 'masks.blur=9'], /^--set: /],
    [['submit', 's3://Bad_Name/x', '--classes', 'a'], 'is no name of a bucket'],
    [['submit', path('none'), '--classes', 'a'], 'There is no file or folder'],
    [['submit', images, '--classes', 'a', '--priority', '1.5'], '--priority takes a whole number'],
    [
      ['submit', images, '--classes', 'a', '--engine', 'naclip', '--auto', '0.5'],
      '--auto takes the match of image and text, and --engine naclip has none',
    ],
    [
      ['submit', images, '--classes', 'a', '--engine', 'car'],
      'needs a CLIP model, and none is installed',
    ],
    [['work', '--root', 'photos'], '--root takes NAME=FOLDER'],
    [['work', '--device', 'abacus'], 'There is no device abacus'],
  ];
  for (let from = 0; from < calls.length; from += 4)
    await Promise.all(
      calls.slice(from, from + 4).map(async ([args, words]) => {
        const { code, stderr } = await cluster(...args);
        expect(code, stderr).toBeGreaterThan(1);
        expect(stderr).toMatch(words);
        expect(stderr).not.toContain('s3cret');
      }),
    );
  const { stdout } = await cli('help', 'cluster');
  expect(stdout).toContain('salience cluster submit /mnt/photos --classes');
});
