// Tuning through the command line: the built-in pack judging itself, and a tiny CLIP as the judge.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TuneResult } from '../../electron/api/tuning.ts';
import { tinyClipPack } from '../helpers/fixtures/clipPack.ts';
import { runCli } from '../helpers/drivers/runCli.ts';

const SCENES = join(import.meta.dirname, '../fixtures/scenes');
let folder: string;
let images: string;
const cli = (...args: string[]) => runCli(args, { home: join(folder, 'home') });
const result = async (name: string) =>
  JSON.parse(await readFile(join(folder, name), 'utf8')) as TuneResult & {
    parameters: Record<string, unknown>;
  };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salience-tune-'));
  images = join(folder, 'images');
  await mkdir(images);
  const scenes = (await readdir(SCENES)).filter((name) => name.endsWith('.png')).sort();
  for (const name of scenes.slice(0, 3)) await cp(join(SCENES, name), join(images, name));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the pack judges itself; every layer and head is tried with one run of the image encoder', async () => {
  const { code, stdout, stderr } = await cli(
    ...['tune', images, '--truth', join(SCENES, 'truth.json'), '--things', '--judge', 'pack'],
    ...['--strategy', 'exhaustive', '--set', 'pnp.passes=1', '--out', join(folder, 'a.json')],
  );
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  const found = await result('a.json');
  expect(found.encodes.done).toBe(3);
  expect(found.encodes.oneByOne).toBe(3 * found.evaluations.length);
  expect(found.evaluations.every(({ meanIou }) => meanIou !== null)).toBe(true);
  expect(found.best.reward).toBe(Math.max(...found.evaluations.map(({ reward }) => reward)));
  expect(found.parameters['pnp.layers']).toEqual(found.best.setting.layers);
  expect(stdout).toContain('weaker than CLIP');
});

test('a second search on the same images makes no try again', async () => {
  const labels = join(SCENES, 'truth.json');
  const call = (name: string) =>
    cli(
      ...['tune', images, '--labels', labels, '--things', '--judge', 'pack'],
      ...['--set', 'pnp.passes=1', '--evaluations', '3', '--out', join(folder, name)],
    );
  expect((await call('b.json')).code).toBe(0);
  expect((await call('c.json')).code).toBe(0);
  const [first, again] = [await result('b.json'), await result('c.json')];
  expect(again.evaluations).toEqual(first.evaluations);
  expect(again.encodes.done).toBe(0);
});

test('CLIP judges where it is installed, and its absence is said', async () => {
  const call = () =>
    cli(
      ...['tune', images, '--labels', join(SCENES, 'truth.json'), '--things', '--judge', 'clip'],
      ...['--set', 'pnp.passes=1', '--evaluations', '2', '--seed', '4', '--json'],
      ...['--out', join(folder, 'd.json'), '--overwrite'],
    );
  const without = await call();
  expect(without.code).toBe(3);
  expect(without.stderr).toContain('No CLIP is installed');
  await tinyClipPack(join(folder, 'home', 'packs'));
  const { code, stderr } = await call();
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  const found = await result('d.json');
  expect(found.judgeName).toBe('Tiny CLIP');
  expect(found.evaluations.length).toBeGreaterThan(3);
  expect(new Set(found.evaluations.map(({ reward }) => reward)).size).toBeGreaterThan(1);
});

test('a method without layers is tuned by its own parameters, and CLIP judges its masks', async () => {
  const labels = join(SCENES, 'truth.json');
  const call = (...more: string[]) =>
    cli(
      ...['tune', images, '--engine', 'naclip', '--labels', labels, '--things', '--overwrite'],
      ...['--set', 'naclip.shortSide=64', 'masks.backgroundWords=false', 'masks.pamr=false'],
      ...['--evaluations', '5', '--out', join(folder, 'f.json'), ...more],
    );
  const wrong = await call('--vary', 'layer');
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toMatch(/--vary takes .*nearness.*contrast.*; "layer" is none of them/);
  const { code, stdout, stderr } = await call('--vary', 'nearness,strategy,smallestShare');
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  const found = await result('f.json');
  expect(found.evaluations).toHaveLength(6);
  const values = found.evaluations.map(({ setting }) => setting.values!);
  const different = (name: string) => new Set(values.map((one) => one[name])).size;
  expect(different('naclip.nearness')).toBeGreaterThan(1);
  expect(different('naclip.strategy')).toBeGreaterThan(1);
  // What was not to change stays as it was set.
  expect(values.every((one) => one['naclip.shortSide'] === 64)).toBe(true);
  // Random weights take nearly every pixel for one class, until the smallest share is out of its reach.
  expect(new Set(found.evaluations.map(({ reward }) => reward)).size).toBeGreaterThan(1);
  expect(found.best.reward).toBe(Math.max(...found.evaluations.map(({ reward }) => reward)));
  expect(found.parameters).toMatchObject(found.best.setting.values!);
  expect(stdout).toMatch(/Nearness, patches \d/);
});

test('what cannot be tuned on is said in a sentence', async () => {
  const labels = join(folder, 'none.json');
  await writeFile(labels, '{"images":[],"annotations":[],"categories":[]}');
  const { code, stderr } = await cli(
    ...['tune', images, '--labels', labels, '--judge', 'pack', '--out', join(folder, 'e.json')],
  );
  expect(code).toBe(2);
  expect(stderr).toContain('knows none of the asked classes');
});
