// Names of images that a disk takes and that programs trip over: each image is done, or is told with its
// own reason, and the others have all that was asked for.
import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../helpers/drivers/runCli.ts';

const SCENES = join(import.meta.dirname, '../fixtures/scenes');
/** 250 bytes: as long as a disk takes, but for five. */
const LONG = `${'漢'.repeat(82)}.png`;
const onLinux = process.platform === 'linux';
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'salience-names-'));
  await mkdir(join(root, 'photos'));
  const scenes = (await readdir(SCENES)).filter((name) => name.endsWith('.png')).sort();
  for (const [index, name] of ['a.png', LONG, 'z.png'].entries())
    await cp(join(SCENES, scenes[index]!), join(root, 'photos', name));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const run = (...more: string[]) =>
  runCli(['prelabel', join(root, 'photos'), '--classes', 'snail,umbrella,pineapple', ...more], {
    home: join(root, 'home'),
  });

test('the longest name has its pictures, as the images after it', async () => {
  const [out, overlays, maps] = ['long.json', 'overlays', 'maps'].map((name) => join(root, name));
  const { code, stderr } = await run(
    '--out',
    out!,
    '--overlays',
    overlays!,
    '--maps',
    maps!,
    '--quiet',
  );
  expect([code, stderr]).toEqual([0, '']);
  const pictures = (await readdir(overlays!)).filter((name) => name.endsWith('.png'));
  expect(pictures.sort()).toEqual(['a.png', 'z.png', LONG]);
  expect(await readdir(join(maps!, LONG.slice(0, -4)))).toContain('snail');
});

test.skipIf(!onLinux)(
  'a name that is not UTF-8 is told as that (Linux: other disks refuse it)',
  async () => {
    const bytes = Buffer.concat([
      Buffer.from(join(root, 'photos', 'B')),
      Buffer.from([0xe4]),
      Buffer.from('r.png'),
    ]);
    await rename(join(root, 'photos', 'z.png'), bytes);
    const { code, stdout } = await run('--out', join(root, 'bytes.json'));
    expect(code).toBe(1);
    expect(stdout).toMatch(/B\ufffdr\.png.*not UTF-8.*rename the file/);
  },
);
