// No output takes the place of a file that somebody made: not through links, not by other spellings of a
// folder, not when a file may be replaced. Every way is tried with the real command line.
import { createHash } from 'node:crypto';
import {
  appendFile,
  cp,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../helpers/drivers/runCli.ts';

const SCENES = join(import.meta.dirname, '../fixtures/scenes');
let root: string;
let originals = new Map<string, string>();
const at = (...parts: string[]) => join(root, ...parts);

/** Contents of every file that a person made, by path. */
async function contents(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const place of ['photos', 'backup', 'work'])
    for (const entry of await readdir(at(place), { recursive: true, withFileTypes: true }))
      if (entry.isFile() && !entry.name.startsWith('made')) {
        const path = join(entry.parentPath, entry.name);
        found.set(
          path,
          createHash('sha256')
            .update(await readFile(path))
            .digest('hex'),
        );
      }
  return found;
}

const cli = (...args: readonly string[]) => runCli(args, { home: at('home') });

/** Pre-labels as every other call here does, so that only the first asks the model. */
const prelabel = (out: string, ...more: readonly string[]) =>
  cli('prelabel', at('photos'), ...common(out), ...more);
const common = (out: string) => [
  '--classes',
  'snail,umbrella,pineapple',
  '--out',
  out,
  '--project',
  at('p.salience'),
  '--quiet',
];

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'salience-originals-')));
  const scenes = (await readdir(SCENES)).filter((name) => name.endsWith('.png')).sort();
  for (const place of ['photos/sub', 'backup', 'work/empty'])
    await mkdir(at(place), { recursive: true });
  await cp(join(SCENES, scenes[0]!), at('photos', 'a.png'));
  await cp(join(SCENES, scenes[1]!), at('photos', 'sub', 'a.png'));
  await cp(join(SCENES, scenes[2]!), at('backup', 'a.png'));
  await cp(join(SCENES, scenes[2]!), at('work', 'a.png'));
  await writeFile(at('photos', 'hand.json'), '{"by": "hand"}');
  await symlink(at('photos'), at('link'));
  await symlink(at('photos', 'a.png'), at('link.json'));
  await link(at('photos', 'a.png'), at('hard.json'));
  const first = await prelabel(at('first.json'));
  expect(first.code).toBe(0);
  originals = await contents();
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** The call fails in words that name the place and the way out, and every original is what it was. */
async function refuses(run: Promise<{ code: number | null; stderr: string }>, words: RegExp) {
  const { code, stderr } = await run;
  expect(await contents()).toEqual(originals);
  expect(stderr).toMatch(words);
  expect([2, 3]).toContain(code);
}

describe('pictures beside the result', () => {
  test.each(['--overlays', '--masks', '--maps'])('%s through a link to the images', (option) =>
    refuses(prelabel(at('x.json'), option, at('link')), /among the images.*Name a folder/),
  );

  test('overlays among images that were named through a link', () =>
    refuses(
      cli('prelabel', at('link'), ...common(at('x.json')), '--overlays', at('photos')),
      /among the images.*Name a folder/,
    ));

  test.each(['backup', 'work'])('overlays into %s, where pictures of the same names are', (place) =>
    refuses(prelabel(at('x.json'), '--overlays', at(place)), /did not make.*(new|empty) folder/),
  );

  test('overlays of one named image into a folder below it', () =>
    refuses(
      cli(
        'prelabel',
        at('photos', 'a.png'),
        ...common(at('x.json')),
        '--overlays',
        at('photos', 'sub'),
      ),
      /among the images|did not make/,
    ));

  test('overlays and masks of one name', () =>
    refuses(
      prelabel(at('x.json'), '--overlays', at('made'), '--masks', at('made')),
      /--overlays and --masks.*folder of its own/,
    ));

  test('are replaced by the next run only where an earlier one made them', async () => {
    const folder = at('made-overlays');
    const again = () => prelabel(at('again.json'), '--overlays', folder);
    expect(await again()).toMatchObject({ code: 0, stderr: '' });
    const own = await readFile(join(folder, 'a.png'));
    expect(await again()).toMatchObject({ code: 0, stderr: '' });
    // One that a person painted into, and one that stands behind a link in the folder.
    await appendFile(join(folder, 'a.png'), 'mine');
    await rm(join(folder, 'sub'), { recursive: true });
    await symlink(at('photos', 'sub'), join(folder, 'sub'));
    const third = await again();
    expect(await contents()).toEqual(originals);
    expect(await readFile(join(folder, 'a.png'))).toEqual(
      Buffer.concat([own, Buffer.from('mine')]),
    );
    expect(third.code).toBe(1);
    expect(third.stderr).toMatch(/No pictures of a\.png: .*a\.png was not made/);
    expect(third.stderr).toMatch(/No pictures of sub\/a\.png: .*leads out of/);
  });
});

describe('a result that may replace a file', () => {
  test.each([
    ['an image', 'photos/a.png'],
    ['a link to an image', 'link.json'],
    ['a hard link of an image', 'hard.json'],
    ['an image elsewhere', 'backup/a.png'],
    ['a file by hand among the images', 'photos/hand.json'],
  ])('takes the place of %s in no command', async (_, name) => {
    const out = at(...name.split('/'));
    const words = /(holds an image|was not made by|belongs to the images).*(Name|Choose) another/;
    await refuses(prelabel(out, '--overwrite'), words);
    await refuses(cli('export', at('p.salience'), '--out', out, '--overwrite'), words);
  });

  test('of tuning takes the place of no image', () =>
    refuses(
      cli(
        'tune',
        at('photos'),
        '--classes',
        'snail',
        '--out',
        at('backup', 'a.png'),
        '--overwrite',
      ),
      /holds an image.*Name another/,
    ));

  test('replaces a result, also one that lies among the images', async () => {
    const among = at('photos', 'made.json');
    expect(await prelabel(among)).toMatchObject({ code: 0, stderr: '' });
    expect(await cli('export', at('p.salience'), '--out', among, '--overwrite')).toMatchObject({
      code: 0,
    });
    expect(await prelabel(among, '--overwrite')).toMatchObject({ code: 0, stderr: '' });
  });

  test('is told by the name that it has, and known again by it', async () => {
    const named = () => prelabel(at('result'));
    for (const run of [await named(), await named()]) {
      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(run.stdout).toContain(`${at('result.json')} `);
    }
    const out = await cli('export', at('p.salience'), '--out', at('other'));
    expect(out.stdout).toContain(at('other.json'));
  });
});
