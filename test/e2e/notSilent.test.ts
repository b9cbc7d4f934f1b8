// Where a person would otherwise go on in error: a picture that is not whole, an image that is marked as
// reviewed with proposals on it, a run that finds nothing.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFolder } from '../../electron/engine/opening/opening.ts';
import { callEngine } from '../../electron/hosts/startEngine.ts';
import { startApp, type AppDriver, type AppPage } from '../helpers/drivers/appDriver.ts';
import { noBrowser } from '../helpers/drivers/browser.ts';
import { randomFrom } from '../helpers/fixtures/random.ts';

if (noBrowser) console.log(`skipped: ${noBrowser}`);

describe.skipIf(noBrowser)('the window says', () => {
  let app: AppDriver & { images: string };
  let tab: AppPage;
  beforeAll(async () => {
    app = await startApp();
    const folder = join(app.images, 'own');
    await mkdir(folder);
    const [width, height] = [640, 480];
    const random = randomFrom(3);
    const noise = Uint8Array.from({ length: width * height * 3 }, () => 256 * random());
    const whole = await sharp(noise, { raw: { width, height, channels: 3 } })
      .jpeg()
      .toBuffer();
    await writeFile(join(folder, 'a cut.jpg'), whole.subarray(0, Math.floor(whole.length * 0.62)));
    await sharp({ create: { width: 320, height: 240, channels: 3, background: '#808080' } })
      .png()
      .toFile(join(folder, 'b grey.png'));
    await openFolder(app.engine.context, folder);
    tab = await app.open();
  });
  afterAll(() => app?.close());

  it('how much of a cut picture is there, on the canvas and in the list, in its own words', async () => {
    const { page } = tab;
    const stops = /This JPEG file stops after (5|6)\d % of its picture/;
    await page.locator('.middle').getByText(stops).waitFor();
    await page
      .locator('.images')
      .getByText(/stops after|Cannot be shown/)
      .first()
      .waitFor();
    expect(await page.getByText(/premature|moved or changed a moment ago/).count()).toBe(0);
  });

  it('that a file is away, in its row as well, and no longer once it is back', async () => {
    const { page } = tab;
    const at = join(app.images, 'own/b grey.png');
    const row = page.locator('.images').getByRole('option', { name: /^b grey\.png/ });
    await rename(at, `${at}.away`);
    await page.keyboard.press('d');
    await row.getByText('Cannot be shown').waitFor();
    await rename(`${at}.away`, at);
    await page.keyboard.press('a');
    await page.getByRole('application', { name: 'a cut.jpg' }).waitFor();
    await page.keyboard.press('d');
    await page.getByRole('application', { name: 'b grey.png' }).waitFor();
    await row.getByText('No objects yet').waitFor();
    await page.keyboard.press('a');
  });

  it('that a run found nothing, at once and in every place', async () => {
    const { page } = tab;
    await page.keyboard.press('d');
    await page.getByRole('application', { name: 'b grey.png' }).waitFor();
    await page.locator('#prompt-input').fill('snail');
    await page.keyboard.press('Enter');
    await tab.canvas.focus();
    await page.keyboard.press('i');
    await page.locator('.images').getByText('Model found nothing').waitFor({ timeout: 90_000 });
    await page.getByText('The model ran here and found nothing.').first().waitFor();
  });

  it('which proposals are undecided before an image is marked as reviewed', async () => {
    const { page } = tab;
    await openFolder(app.engine.context, app.images);
    await page.getByRole('button', { name: /^Go to / }).click();
    await page.getByRole('application', { name: 'beach' }).waitFor();
    await page.locator('#prompt-input').fill('umbrella');
    await page.keyboard.press('Enter');
    await tab.run();
    const status = async () => {
      const filter = {};
      const page1 = { cursor: 0, limit: 1, filter, order: 'name' } as const;
      const { images } = await callEngine(app.engine, 'image.list', page1);
      return [images[0]!.status, images[0]!.proposals] as const;
    };
    const [, proposals] = await status();
    expect(proposals).toBeGreaterThan(0);
    await tab.canvas.focus();
    await page.keyboard.press('Control+Enter');
    const question = page.getByText(/not decided on this image\./).first();
    await question.waitFor();
    expect((await status())[0]).not.toBe('reviewed');
    await page.getByRole('button', { name: 'Leave and go on' }).waitFor();
    // The same key again is the answer.
    await page.keyboard.press('Control+Enter');
    await expect.poll(async () => (await status())[0]).toBe('reviewed');
    expect((await status())[1]).toBe(proposals);
    expect(tab.troubles.filter((line) => !/404/.test(line))).toEqual([]);
  });
});
