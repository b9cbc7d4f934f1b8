// An image over the size limit: its file is found, a smaller copy is made beside it and opens.
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFolder } from '../../electron/engine/opening/opening.ts';
import { startApp, type AppDriver, type AppPage } from '../helpers/drivers/appDriver.ts';
import { noBrowser } from '../helpers/drivers/browser.ts';

if (noBrowser) console.log(`skipped: ${noBrowser}`);

/** Just over the limit of 144 million pixels. */
const [WIDTH, HEIGHT] = [12_100, 12_000];

describe.skipIf(noBrowser)('an image over the size limit', () => {
  let app: AppDriver;
  let tab: AppPage;
  let folder: string;

  beforeAll(async () => {
    app = await startApp();
    folder = join(app.folder, 'large');
    await mkdir(folder);
    await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#3366cc' } })
      .png({ compressionLevel: 1 })
      .toFile(join(folder, 'scan.png'));
    await openFolder(app.engine.context, folder);
    tab = await app.open();
  });
  afterAll(() => app?.close());

  it('says how large it is and where its file lies', async () => {
    const { page } = tab;
    await page.getByText('12,100 × 12,000 px is over the limit of 144 million px.').waitFor();
    await page.getByRole('button', { name: 'Show file' }).click();
    await page.locator('.toast').getByText(join(folder, 'scan.png')).waitFor();
    // The list says so as well, and shows no torn picture.
    await page.getByRole('option', { name: 'scan.png, Cannot be shown, Failed' }).waitFor();
    expect(await page.getByRole('option').locator('img').count()).toBe(0);
  });

  it('a copy that is stopped leaves nothing', async () => {
    const { page } = tab;
    await page.getByRole('button', { name: 'Make a smaller copy' }).click();
    await page.getByRole('progressbar', { name: 'Making a smaller copy' }).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Make a smaller copy' }).waitFor();
    await expect.poll(() => readdir(folder), { timeout: 60_000 }).toEqual(['scan.png']);
  });

  it('a smaller copy stands beside it and opens', async () => {
    const { page } = tab;
    const before = await readFile(join(folder, 'scan.png'));
    await page.getByRole('button', { name: 'Make a smaller copy' }).click();
    await page
      .locator('.toast')
      .getByText('scan-smaller.png, 12,049 × 11,950 px, is in the project.')
      .waitFor({ timeout: 100_000 });
    await page.getByRole('application', { name: /scan-smaller\.png/ }).waitFor();
    expect(await readdir(folder)).toEqual(['scan-smaller.png', 'scan.png']);
    expect(await readFile(join(folder, 'scan.png'))).toEqual(before);
    await expect
      .poll(() => page.getByRole('application').getAttribute('data-view'))
      .toContain('"scale"');
  });
});
