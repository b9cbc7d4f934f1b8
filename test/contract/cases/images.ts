// What the cases about images, and about files that are none, state.
import { cp, rm, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect } from 'vitest';
import { decodeImage } from '../../../electron/inference/image/decode.ts';
import type { CaseFolder, Checks } from '../../helpers/fixtures/caseFolder.ts';
import { INNER_WORDS } from '../../helpers/fixtures/caseFolder.ts';

const prelabel = (one: CaseFolder, source = 'images', ...more: readonly string[]) =>
  one.run(
    ...['prelabel', one.path(source), '--classes', 'cat'],
    ...['--out', one.path('o.json'), '--overwrite', ...more],
  );

const namesIn = async (one: CaseFolder) =>
  (await one.read('o.json')).images.map((image) => image.replace(/: .*$/, ''));

export const IMAGE_CHECKS: Checks = {
  async '16-jfif'(one) {
    for (const name of ['x.heic', 'y.HEIC', 'z.ppm', 'notes.txt'])
      await writeFile(one.path('images', name), 'x');
    const { code, said } = await prelabel(one);
    expect([code, await namesIn(one)]).toEqual([0, ['a.jfif', 'b.jpg']]);
    expect(said).toContain(
      '3 files were not looked at: 2 .heic, 1 .ppm. Convert them to JPEG or PNG to label them.',
    );
    await rm(one.path('o.salience'));
    expect(await prelabel(one, 'images/a.jfif')).toMatchObject({ code: 0 });
    expect(await namesIn(one)).toEqual(['a.jfif']);
    await cp(one.path('images/x.heic'), one.path('phone/x.heic'));
    for (const source of ['phone', 'phone/x.heic']) {
      await rm(one.path('o.salience'), { force: true });
      const none = await prelabel(one, source);
      expect(none.code).toBe(2);
      expect(none.said).toContain('1 file was not looked at: .heic.');
      expect(none.said).not.toContain('No image was chosen');
    }
  },

  async '19-sixteen-bit-png'(one) {
    const [png, tiff] = await Promise.all(
      ['depth.png', 'depth.tif'].map((name) => decodeImage(one.path('images', name))),
    );
    expect(Buffer.compare(png!.rgb, tiff!.rgb)).toBe(0);
    expect([Math.min(...png!.rgb), Math.max(...png!.rgb)]).toEqual([0, 255]);
    const { code, said } = await prelabel(one, 'images', '--overlays', one.path('seen'));
    expect(code).toBe(0);
    expect(said).toContain('Note: depth.png: Samples from 0 to 4000 are shown as 0 to 255.');
    const { channels } = await sharp(one.path('seen/depth.png')).stats();
    expect(channels[0]!.max - channels[0]!.min).toBeGreaterThan(200);
  },

  async '20-tiff-nodata'(one) {
    const { rgb, range } = await decodeImage(one.path('images/height.tif'));
    const [empty, measured] = [rgb.subarray(0, 3 * 40 * 3), rgb.subarray(3 * 40 * 3)];
    expect(range).toEqual([0, 1]);
    // A ramp of 40 columns, and one brighter pixel.
    expect([new Set(measured).size, Math.min(...measured), Math.max(...measured)]).toEqual([
      41, 0, 255,
    ]);
    expect(empty.every((value) => value === 0)).toBe(true);
    expect((await prelabel(one)).said).toContain('Left out of the range: 120 samples of -9999');
  },

  async '27-not-an-image'(one) {
    const { code, said } = await prelabel(one);
    expect([code, await namesIn(one)]).toEqual([1, ['ok.png']]);
    expect(said).toMatch(/failed {2}pointer\.jpg: .*Git LFS pointer.*run "git lfs pull"/);
    expect(said).toMatch(/failed {2}page\.jpg: .*web page: the download failed/);
    expect(said).toMatch(/failed {2}phone\.JPG: .*HEIC photograph .*convert it/);
    expect(said).not.toMatch(/found bytes/);
    expect(said).not.toMatch(INNER_WORDS);
  },

  async '28-not-a-coco-file'(one) {
    const zip = await one.import('labels.zip');
    expect([zip.code, zip.said]).toEqual([3, expect.stringMatching(/is a zip archive; unpack it/)]);
    const via = await one.import('via.json');
    expect([via.code, via.said]).toEqual([3, expect.stringMatching(/VIA project holds no images/)]);
    expect(await one.import('annotations.xml')).toMatchObject({ code: 0 });
    const { images } = await one.export();
    expect(images).toHaveLength(1);
  },
};
