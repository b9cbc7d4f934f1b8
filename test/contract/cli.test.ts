// The main job through the command line, on real scenes with the built-in pack.
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCoco } from '../../electron/engine/dataset/coco/reading/read.ts';
import { paintInPlace } from '../../electron/masks/runs/bitmap.ts';
import { decodePng } from '../helpers/fixtures/greyPng.ts';
import { readNpy } from '../helpers/fixtures/npy.ts';
import { runCli } from '../helpers/drivers/runCli.ts';

const SCENES = join(import.meta.dirname, '../fixtures/scenes');
const CLASSES = 'snail,umbrella,pineapple,~wood,~stone';
let folder: string;
let images: string;
const names: string[] = [];
const cli = (args: readonly string[], killAfterMs?: number) =>
  runCli(args, {
    home: join(folder, 'home'),
    ...(killAfterMs === undefined ? {} : { killAfterMs }),
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salience-cli-'));
  images = join(folder, 'images');
  await mkdir(join(images, 'sub folder'), { recursive: true });
  const scenes = (await readdir(SCENES))
    .filter((name) => name.endsWith('.png'))
    .sort()
    .slice(0, 5);
  const places = ['a.png', 'b.png', 'c.png', 'sub folder/ünï cödé.png', 'sub folder/e.png'];
  for (const [index, place] of places.entries()) {
    await cp(join(SCENES, scenes[index] as string), join(images, place));
    names.push(place);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Scores of all annotations of a COCO file. */
async function scoresOf(file: string): Promise<number[]> {
  await using coco = await readCoco(file);
  const scores: number[] = [];
  for await (const { annotations } of coco.images())
    for (const { score } of annotations) scores.push(score ?? 0);
  return scores;
}

/** Without the one line that tells the time. */
const sameButTheDate = (text: string) => text.replace(/"date_created":"[^"]*",?/, '');

describe('salience prelabel', () => {
  test('a folder and class names become a COCO file whose masks equal the label maps bit for bit', async () => {
    const [out, masks, overlays, maps] = ['all.json', 'masks', 'overlays', 'maps'].map((name) =>
      join(folder, name),
    ) as [string, string, string, string];
    const { code, stdout, stderr } = await cli([
      'prelabel',
      images,
      '--classes',
      CLASSES,
      '--out',
      out,
      '--masks',
      masks,
      '--overlays',
      overlays,
      '--maps',
      maps,
      '--json',
    ]);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const result = JSON.parse(stdout) as { images: number; annotations: number };
    expect(result.images).toBe(5);
    const progress = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string; done?: number; total?: number });
    expect(progress.filter(({ event }) => event === 'progress').at(-1)).toMatchObject({
      done: 5,
      total: 5,
    });
    await using coco = await readCoco(out);
    expect(coco.categories.map(({ name, isThing }) => [name, isThing])).toEqual([
      ['snail', true],
      ['umbrella', true],
      ['pineapple', true],
      ['wood', false],
      ['stone', false],
    ]);
    const seen: string[] = [];
    let annotations = 0;
    for await (const image of coco.images()) {
      seen.push(image.fileName);
      if (image.annotations.length === 0) continue;
      annotations += image.annotations.length;
      const stem = image.fileName.replace(/\.png$/, '');
      const labels = new Uint16Array(image.width * image.height);
      for (const { mask, categoryId } of image.annotations) paintInPlace(labels, mask, categoryId);
      const stored = await decodePng(join(masks, `${stem}.png`));
      expect({ width: stored.width, height: stored.height }).toEqual({
        width: image.width,
        height: image.height,
      });
      expect(
        Buffer.from(labels.buffer).equals(Buffer.from(stored.values.buffer)),
        image.fileName,
      ).toBe(true);
      expect((await readFile(join(overlays, `${stem}.png`))).subarray(1, 4).toString()).toBe('PNG');
    }
    expect(seen).toEqual([...names].sort());
    expect(annotations).toBe(result.annotations);
    expect(annotations).toBeGreaterThan(0);
    const pass = readNpy(join(maps, 'a', 'wood', 'pass-1.npy'));
    expect(pass.dtype).toBe('f4');
    expect(pass.shape[0]).toBe(pass.shape[1]);
    expect(Math.max(...(pass.data as Float32Array))).toBeGreaterThan(0);
  });

  test('a result is never replaced uninvited', async () => {
    const out = join(folder, 'kept.json');
    await writeFile(out, 'mine');
    const refused = await cli([
      'prelabel',
      join(images, 'a.png'),
      '--classes',
      'cat',
      '--out',
      out,
    ]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/exists.*--overwrite/);
    expect(await readFile(out, 'utf8')).toBe('mine');
    expect(
      (
        await cli([
          'prelabel',
          join(images, 'a.png'),
          '--classes',
          'cat',
          '--out',
          out,
          '--overwrite',
          '--quiet',
        ])
      ).code,
    ).toBe(0);
    expect(JSON.parse(await readFile(out, 'utf8'))).toMatchObject({
      images: [{ file_name: 'a.png' }],
    });
  });

  test('damaged files are named with their reason and stop nothing', async () => {
    const mixed = join(folder, 'mixed');
    await cp(images, mixed, { recursive: true });
    await writeFile(join(mixed, 'empty.png'), '');
    await writeFile(join(mixed, 'text.jpg'), 'this is no image at all, whatever its name says');
    await cp(join(mixed, 'a.png'), join(mixed, 'cut.png'));
    await truncate(join(mixed, 'cut.png'), 900);
    // Windows lets only some users make links.
    const hasLinks = process.platform !== 'win32';
    if (hasLinks) await symlink('elsewhere.png', join(mixed, 'link.png'));
    const { code, stdout } = await cli([
      'prelabel',
      mixed,
      '--classes',
      'cat,dog',
      '--out',
      join(folder, 'mixed.json'),
      '--quiet',
    ]);
    expect(code).toBe(1);
    for (const name of ['empty.png', 'text.jpg', 'cut.png'])
      expect(stdout).toMatch(new RegExp(`failed +${name.replace('.', '\\.')}: .{10,}`));
    if (hasLinks) expect(stdout).toMatch(/failed +link\.png: .* link to elsewhere\.png/);
    await using coco = await readCoco(join(folder, 'mixed.json'));
    const kept: string[] = [];
    for await (const { fileName } of coco.images()) kept.push(fileName);
    expect(kept).toEqual(expect.arrayContaining(names));
  });

  test.each([
    [['prelabel', '--classes', 'a', '--out', '/nowhere/x.json'], /images/],
    [['prelabel', '.', '--classes', 'a'], /--out/],
    [['prelabel', '/nowhere', '--classes', 'a', '--out', '/nowhere/x.json'], /no file or folder/],
    [['prelabel', '.', '--out', '/nowhere/x.json'], /Which classes/],
    [
      ['prelabel', '.', '--classes', 'a', '--out', '/nowhere/x.json', '--set', 'nonsense'],
      /name=value/,
    ],
    [['prelabel', '.', '--classes', 'a', '--out', '/nowhere/x.json', '--preset', 'best'], /preset/],
    [
      ['prelabel', '.', '--classes', 'a', '--out', '/nowhere/x.json', '--overlays', './seen'],
      /among the images/,
    ],
    [['paint'], /unknown command/],
  ])('%j is refused with a sentence and exit code 2', async (args, message) => {
    const { code, stderr } = await cli(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('a pack that is not there is named before anything runs', async () => {
    const { code, stderr } = await cli([
      'prelabel',
      join(images, 'a.png'),
      '--classes',
      'cat',
      '--out',
      join(folder, 'p.json'),
      '--pack',
      'nope',
    ]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/nope/);
  });

  test('Ctrl-C keeps what is done; the same command goes on, and knows its own file again', async () => {
    const out = join(folder, 'stopped.json');
    const args = ['prelabel', images, '--classes', 'cat,~sky', '--out', out, '--json'];
    const home = join(folder, 'home-stopped');
    const stopped = await runCli(args, {
      home,
      interruptWhen: (stderr) => /"done":[1-4],"total":5/.test(stderr),
    });
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toMatch(/Stopped: [1-5] images are done and kept/);
    expect(stopped.stderr).not.toMatch(/model process ended/);
    expect((await runCli(args, { home })).code).toBe(0);
    const first = sameButTheDate(await readFile(out, 'utf8'));
    expect((await runCli(args, { home })).code).toBe(0);
    expect(sameButTheDate(await readFile(out, 'utf8'))).toBe(first);
    const other = await runCli([...args, '--threshold', '0.3'], { home });
    expect([other.code, other.stderr]).toEqual([2, expect.stringMatching(/exists.*--overwrite/)]);
    await writeFile(out, `${first} `);
    expect((await runCli(args, { home })).code).toBe(2);
    expect(await readFile(out, 'utf8')).toBe(`${first} `);
  });

  test('"auto" asks only for the classes that the model finds present', async () => {
    const out = join(folder, 'auto.json');
    const list = join(folder, 'names.txt');
    await writeFile(list, 'snail\numbrella\npineapple\n~wood\n~stone\n');
    const args = ['prelabel', images, '--classes', 'auto', '--out', out];
    const nothing = await cli(args);
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringMatching(/--classes-file/)]);
    const all = await scoresOf(join(folder, 'all.json'));
    const least = (Math.min(...all) + Math.max(...all)) / 2;
    const options = ['--classes-file', list, '--auto', String(least), '--quiet'];
    expect((await cli([...args, ...options])).code).toBe(0);
    const found = await scoresOf(out);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(all.length);
    expect(Math.min(...found)).toBeGreaterThanOrEqual(least);
  });

  const KILLS = Number(process.env['SALIENCE_KILLS'] ?? 3);
  test(
    `killed at ${KILLS} random points, the same command ends with the same file`,
    { timeout: 180_000 + KILLS * 60_000 },
    async () => {
      const args = (out: string) => [
        'prelabel',
        images,
        '--classes',
        CLASSES,
        '--out',
        out,
        '--quiet',
      ];
      const whole = join(folder, 'whole.json');
      expect((await cli(args(whole))).code).toBe(0);
      const expected = sameButTheDate(await readFile(whole, 'utf8'));
      const seed = Number(process.env['SALIENCE_SEED'] ?? Date.now() % 100_000);
      console.log(`kill seed ${seed}`);
      let state = seed;
      const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
      const resumed = join(folder, 'resumed.json');
      for (let kill = 0; kill < KILLS; kill++) {
        // A home of its own each time: no cache may carry a result over.
        const result = await runCli(args(resumed), {
          home: join(folder, `home-${kill}`),
          killAfterMs: 400 + random() * 5000,
        });
        if (result.code === 0) {
          expect(sameButTheDate(await readFile(resumed, 'utf8'))).toBe(expected);
          await rm(resumed);
          await rm(join(folder, 'resumed.salience'), { force: true });
        }
      }
      const last = await runCli(args(resumed), { home: join(folder, 'home-last') });
      expect({ code: last.code, stderr: last.code === 0 ? '' : last.stderr }).toEqual({
        code: 0,
        stderr: '',
      });
      expect(sameButTheDate(await readFile(resumed, 'utf8'))).toBe(expected);
    },
  );
});

describe('other commands', () => {
  test('what was exported scores 100 % against itself', async () => {
    const file = join(folder, 'all.json');
    const { code, stdout } = await cli(['evaluate', '--pred', file, '--truth', file, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ images: 5, meanIou: 1, pixelAccuracy: 1 });
  });

  test('a project goes out to YOLO and into another project', async () => {
    const out = join(folder, 'yolo');
    const exported = await cli([
      'export',
      join(folder, 'all.salience'),
      '--format',
      'yolo-seg',
      '--proposals',
      '--out',
      out,
    ]);
    expect({ code: exported.code, stderr: exported.code === 0 ? '' : exported.stderr }).toEqual({
      code: 0,
      stderr: '',
    });
    expect((await readdir(out)).length).toBeGreaterThan(0);
    const accepted = await cli([
      'export',
      join(folder, 'all.salience'),
      '--out',
      join(folder, 'accepted.json'),
    ]);
    expect(accepted.stdout).toMatch(/^Note: [1-9]\d* proposals left out\. .*--proposals\.$/m);
    const imported = await cli([
      'import',
      join(folder, 'all.json'),
      '--images',
      images,
      '--project',
      join(folder, 'second.salience'),
      '--json',
    ]);
    expect({ code: imported.code, stderr: imported.code === 0 ? '' : imported.stderr }).toEqual({
      code: 0,
      stderr: '',
    });
    expect(JSON.parse(imported.stdout)).toMatchObject({ images: 5, problems: [] });
  });

  test('an export stops at images that a format cannot hold, or goes on without them', async () => {
    const two = join(folder, 'two');
    const project = join(folder, 'two.salience');
    await mkdir(two);
    const shared = ['x.jpg', 'x.png'];
    const labels = {
      images: shared.map((file_name, id) => ({ id, file_name, width: 160, height: 160 })),
      categories: [{ id: 1, name: 'snail' }],
      annotations: shared.map((_, id) => ({
        id,
        image_id: id,
        category_id: 1,
        segmentation: [[10, 10, 60, 10, 60, 60, 10, 60]],
        bbox: [10, 10, 50, 50],
        area: 2500,
        iscrowd: 0,
      })),
    };
    for (const name of shared) await cp(join(images, 'a.png'), join(two, name));
    await writeFile(join(two, 'labels.json'), JSON.stringify(labels));
    const imported = await cli([
      'import',
      join(two, 'labels.json'),
      '--images',
      two,
      '--project',
      project,
    ]);
    expect(imported, imported.stderr).toMatchObject({ code: 0 });
    const out = (name: string) => ['--format', 'yolo-seg', '--out', join(folder, name)];
    const stopped = await cli(['export', project, ...out('stopped')]);
    expect(stopped.code).not.toBe(0);
    expect(stopped.stderr).toMatch(/x\.png.*would share/);
    const done = await cli(['export', project, ...out('done'), '--skip-unwritable']);
    expect(done.code).toBe(1);
    expect(done.stdout).toMatch(/^Note: x\.png was left out, as asked: /m);
    expect(await readdir(join(folder, 'done', 'labels'))).toEqual(['x.txt']);
  });

  test('help shows the command that was named, however deep it is', async () => {
    const { code, stdout } = await cli(['help', 'pack', 'token']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('salience pack token < ')]);
    const unknown = await cli(['help', 'pack', 'nothing']);
    expect([unknown.code, unknown.stderr]).toEqual([2, 'There is no command "pack nothing".\n']);
  });

  test('doctor finds the built-in pack whole and the processor working', async () => {
    const { stdout } = await cli(['doctor', '--json']);
    const findings = JSON.parse(stdout) as { what: string; ok: boolean; text: string }[];
    expect(findings.find(({ what }) => what === 'Pack')).toMatchObject({ ok: true });
    expect(
      findings.find(({ what, text }) => what === 'Device' && /^cpu works/i.test(text)),
    ).toMatchObject({ ok: true });
  });
});
