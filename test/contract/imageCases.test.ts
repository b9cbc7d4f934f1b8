// Folders of images as people have them, through the command line: JPEG under other endings, pictures
// that are not read, samples beyond 8 bits, files that are no images or no labels.
import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeImage } from '../../electron/inference/image/decode.ts';
import { runCli } from '../helpers/runCli.ts';

const CASES = resolve(import.meta.dirname, '../../../shared/cases');
const isHere = existsSync(CASES);
if (!isHere) console.log('imageCases: ../shared/cases is not here; nothing was tried');

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'salience-image-cases-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** A copy of a case that can be written to. */
async function copyOf(name: string): Promise<string> {
  const folder = join(await mkdtemp(join(home, 'case-')), 'case');
  await cp(join(CASES, name), folder, { recursive: true });
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  return folder;
}

/** Names in a COCO file. */
async function namesIn(file: string): Promise<string[]> {
  const coco = JSON.parse(await readFile(file, 'utf8')) as { images: { file_name: string }[] };
  return coco.images.map((image) => image.file_name);
}

const prelabel = (folder: string, source = 'images', more: readonly string[] = []) =>
  runCli(
    [
      'prelabel',
      join(folder, source),
      '--classes',
      'cat',
      '--out',
      join(folder, 'o.json'),
      ...more,
    ],
    { home },
  );

describe.skipIf(!isHere)('a folder of images', () => {
  test('JPEG files are found under every ending, what is passed over is counted by ending', async () => {
    const folder = await copyOf('16-jfif');
    for (const name of ['x.heic', 'y.HEIC', 'z.ppm', 'notes.txt'])
      await writeFile(join(folder, 'images', name), 'x');
    const { code, stderr } = await prelabel(folder);
    expect([code, await namesIn(join(folder, 'o.json'))]).toEqual([0, ['a.jfif', 'b.jpg']]);
    expect(stderr).toContain(
      '3 files were not looked at: 2 .heic, 1 .ppm. Convert them to JPEG or PNG to label them.',
    );
    await rm(join(folder, 'o.json'));
    await rm(join(folder, 'o.salience'));
    expect((await prelabel(folder, 'images/a.jfif')).code).toBe(0);
    expect(await namesIn(join(folder, 'o.json'))).toEqual(['a.jfif']);
  });

  test('a folder without an image that can be read says what lies in it', async () => {
    const folder = await copyOf('16-jfif');
    await rm(join(folder, 'images'), { recursive: true });
    await cp(join(CASES, '27-not-an-image/images/phone.JPG'), join(folder, 'images/phone.heic'));
    for (const source of ['images', 'images/phone.heic']) {
      const { code, stderr } = await prelabel(folder, source);
      expect(code).toBe(2);
      expect(stderr).toContain('1 file was not looked at: .heic.');
      expect(stderr).not.toContain('No image was chosen');
    }
  });

  test('a 16-bit PNG looks like its TIFF twin, and the report tells the range', async () => {
    const folder = await copyOf('19-sixteen-bit-png');
    const [png, tiff] = await Promise.all(
      ['depth.png', 'depth.tif'].map((name) => decodeImage(join(folder, 'images', name))),
    );
    expect(Buffer.compare(png!.rgb, tiff!.rgb)).toBe(0);
    expect([Math.min(...png!.rgb), Math.max(...png!.rgb)]).toEqual([0, 255]);
    const { code, stdout } = await prelabel(folder, 'images', ['--overlays', join(folder, 'seen')]);
    expect(code).toBe(0);
    expect(stdout).toContain('Note: depth.png: Samples from 0 to 4000 are shown as 0 to 255.');
    const { channels } = await sharp(join(folder, 'seen/depth.png')).stats();
    expect(channels[0]!.max - channels[0]!.min).toBeGreaterThan(200);
  });

  test('pixels without data do not set the range', async () => {
    const folder = await copyOf('20-tiff-nodata');
    const { rgb, range } = await decodeImage(join(folder, 'images/height.tif'));
    expect(range).toEqual([0, 1]);
    const measured = rgb.subarray(3 * 40 * 3);
    // A ramp of 40 columns, and one brighter pixel.
    expect([new Set(measured).size, Math.min(...measured), Math.max(...measured)]).toEqual([
      41, 0, 255,
    ]);
    expect(rgb.subarray(0, 3 * 40 * 3).every((value) => value === 0)).toBe(true);
    expect((await prelabel(folder)).stdout).toContain(
      'Left out of the range: 120 samples of -9999',
    );
  });

  test('files that are no images say what they are, and the others go on', async () => {
    const folder = await copyOf('27-not-an-image');
    const { code, stdout } = await prelabel(folder);
    expect([code, await namesIn(join(folder, 'o.json'))]).toEqual([1, ['ok.png']]);
    expect(stdout).toMatch(/failed {2}pointer\.jpg: .*Git LFS pointer.*run "git lfs pull"/);
    expect(stdout).toMatch(/failed {2}page\.jpg: .*web page: the download failed/);
    expect(stdout).toMatch(/failed {2}phone\.JPG: .*HEIC photograph .*convert it/);
    expect(stdout).not.toMatch(/found bytes/);
  });
});

describe.skipIf(!isHere)('labels given to import', () => {
  test('of a picture as it is stored name its orientation, and are turned on request', async () => {
    const folder = await copyOf('29-labels-in-the-stored-frame');
    const load = (...more: readonly string[]) =>
      runCli(
        [
          ...['import', join(folder, 'labels.json'), '--images', join(folder, 'images')],
          ...['--project', join(folder, 'p.salience'), ...more],
        ],
        { home },
      );
    const refused = await load();
    expect(refused.code).not.toBe(0);
    expect(`${refused.stdout}${refused.stderr}`).toMatch(
      /turned by its EXIF orientation 6, and these labels were made on the picture as it is stored/,
    );
    expect((await load('--turn-labels')).code).toBe(0);
    const out = join(folder, 'out.json');
    expect(
      (await runCli(['export', join(folder, 'p.salience'), '--out', out], { home })).code,
    ).toBe(0);
    const { annotations } = JSON.parse(await readFile(out, 'utf8')) as {
      annotations: { bbox: number[]; area: number }[];
    };
    expect(annotations.map(({ bbox, area }) => ({ bbox, area }))).toEqual([
      { bbox: [15, 5, 10, 10], area: 100 },
    ]);
  });

  test('that no reader takes say what they are, CVAT XML is read', async () => {
    const folder = await copyOf('28-not-a-coco-file');
    const load = (name: string) =>
      runCli(
        [
          ...['import', join(folder, name), '--images', join(folder, 'images')],
          ...['--project', join(folder, 'p.salience')],
        ],
        { home },
      );
    expect((await load('labels.zip')).stderr).toMatch(/labels\.zip is a zip archive; unpack it/);
    expect((await load('via.json')).stderr).toMatch(/VIA project holds no images/);
    const { code, stdout } = await load('annotations.xml');
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('Imported 1 annotations on 1 images') as string,
    ]);
  });
});
