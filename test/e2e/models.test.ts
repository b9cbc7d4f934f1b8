// Packs through the window: a checkpoint from a hub on loopback is fetched, its line is cut at random
// points, it goes on, is checked, used on an image and removed. Keys are changed in the settings.
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type AppPage } from '../helpers/drivers/appDriver.ts';
import { buildPack } from '../../models/packs/building/build.ts';
import { mplugShapesOf, TINY_MPLUG, writeMplugTorch } from '../helpers/fixtures/mplugCheckpoint.ts';
import { TINY_BLIP, writeBlipFolder } from '../helpers/fixtures/blipCheckpoint.ts';
import { albefShapes, TINY_ALBEF, writeAlbefTorch } from '../helpers/fixtures/albefCheckpoint.ts';
import { noBrowser } from '../helpers/drivers/browser.ts';
import { startHub, type HubServer } from '../helpers/standIns/hubServer.ts';

if (noBrowser) console.log(`skipped: ${noBrowser}`);

const ID = 'blip-itm-base-coco';
const NAME = 'BLIP base, COCO';
/** Small models that read the vocabulary that ships, on a grid of 12 by 12. */
const REAL_WORDS = { vocabulary: 30_522, positions: 40, grid: 12 };

describe.skipIf(noBrowser)('models and settings in the window', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let tab: AppPage;
  let page: Page;
  let hub: HubServer;

  beforeAll(async () => {
    app = await startApp();
    const checkpoint = join(app.folder, 'checkpoint');
    await writeBlipFolder(checkpoint, { ...TINY_BLIP, vocabSize: 40, visionWidth: 32 });
    const files: Record<string, Buffer> = {};
    for (const name of await readdir(checkpoint))
      files[name] = await readFile(join(checkpoint, name));
    hub = await startHub(files, { repo: 'Salesforce/blip-itm-base-coco', largeBytes: 1000 });
    await app.engine.context.settings.set({
      ...app.engine.context.settings.value(),
      hubMirror: hub.endpoint,
    });
    tab = await app.open();
    page = tab.page;
  });
  afterAll(async () => {
    await app?.close();
    await hub?.[Symbol.asyncDispose]();
  });

  const row = () => page.locator(`[data-pack="${ID}"]`);
  const packs = () =>
    readdir(join(app.folder, 'packs')).then(
      (names) => names.filter((name) => !name.startsWith('.')),
      () => [],
    );

  it('says that the built-in model knows drawn things only, and tests the devices', async () => {
    await page.getByRole('button', { name: 'Models and devices' }).first().click();
    await page.getByText('knows drawn things only. For photographs').waitFor();
    const cpu = page.locator('[data-device="cpu"]');
    await cpu.getByText('Passed').waitFor({ timeout: 120_000 });
    await page.getByRole('button', { name: 'Test all' }).waitFor({ timeout: 120_000 });
    await cpu.getByText(/steps ran on it/).waitFor();
    // Causes are sentences: no source file of the runtime, no error number.
    expect(await page.getByRole('table', { name: 'Device', exact: true }).innerText()).not.toMatch(
      /\.cc|onnxruntime_src|0x/,
    );
  });

  it('without a network a pack says so within seconds and leads to mirror and folder', async () => {
    const { settings } = app.engine.context;
    await settings.set({ ...settings.value(), hubMirror: 'https://hub.test' });
    await row().getByRole('button', { name: /^Get/ }).click();
    await row()
      .getByText('The hub cannot be reached: no network, or no hub.test in it (ENOTFOUND).')
      .waitFor();
    await row().getByRole('button', { name: 'Try again' }).waitFor();
    await row().getByRole('button', { name: 'Add from a folder' }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await row().getByRole('button', { name: 'Mirror and token' }).click();
    await page.getByLabel('Mirror address').fill(hub.endpoint);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(settings.value().hubMirror).toBe(hub.endpoint);
  });

  it('a cut line never leaves a pack; it goes on where it stopped', async () => {
    // The line breaks for good at a random place: every further try breaks at once.
    const total = hub.files.get('model.safetensors')!.length;
    const cutAt = Math.floor(Math.random() * (total - 2)) + 1;
    let unplugged = false;
    hub.fault = ({ where, path }) => {
      if (path !== 'model.safetensors' || where !== 'content') return undefined;
      if (unplugged) return { kind: 'status', status: 500 };
      unplugged = true;
      return { kind: 'cut', afterBytes: cutAt };
    };
    await row().getByRole('button', { name: /^Get/ }).click();
    await row().getByRole('button', { name: 'Pause the download' }).waitFor();
    await expect.poll(() => unplugged).toBe(true);
    await row().getByRole('button', { name: 'Pause the download' }).click();
    await row()
      .getByText(/Paused at/)
      .waitFor();
    expect(await packs(), `cut after ${cutAt} of ${total} bytes`).toEqual([]);
    await expect.poll(() => row().getByRole('radio').isDisabled()).toBe(true);
    hub.fault = () => undefined;
    const before = hub.requests.length;
    await row().getByRole('button', { name: 'Go on' }).click();
    await row().getByText('Ready', { exact: true }).waitFor({ timeout: 60_000 });
    await expect.poll(() => packs()).toEqual([ID]);
    const later = hub.requests.slice(before).filter(({ where }) => where === 'content');
    expect(later.some(({ range }) => range !== null && range !== 'bytes=0-')).toBe(true);
  });

  it('a pack is checked byte by byte and can be chosen', async () => {
    await row()
      .getByRole('button', { name: `Actions for ${NAME}` })
      .click();
    await page.getByRole('menuitem', { name: 'Check every byte' }).click();
    await row().getByText('Verified').waitFor({ timeout: 60_000 });
    await row().getByText(NAME).click();
    await row().getByText('In use').waitFor();
    expect(app.engine.context.settings.value().packId).toBe(ID);
  });

  it('the new pack runs on an image', async () => {
    await page.getByRole('button', { name: 'Test all' }).waitFor({ timeout: 120_000 });
    await page.evaluate(() => (location.hash = '#/home'));
    await page.reload();
    await tab.openSample();
    const { runId } = await new Promise<{ runId: string }>((resolve, reject) => {
      void tab.run().then(async () => {
        const text = await page.locator('.topbar').innerText();
        if (text.includes(NAME)) resolve({ runId: text });
        else reject(new Error(`another pack ran: ${text}`));
      }, reject);
    });
    expect(runId).toContain('CPU');
  });

  it('a model that asks for a token says so and takes it', async () => {
    await page.getByRole('button', { name: 'Models and devices' }).first().click();
    await row()
      .getByRole('button', { name: `Actions for ${NAME}` })
      .click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await row().getByRole('button', { name: /^Get/ }).waitFor({ timeout: 60_000 });
    await expect.poll(() => packs()).toEqual([]);
    hub.fault = ({ where, authorization }) =>
      where !== 'content' && authorization !== 'Bearer hf_test'
        ? { kind: 'status', status: 401, headers: { 'X-Error-Code': 'GatedRepo' } }
        : undefined;
    await row().getByRole('button', { name: /^Get/ }).click();
    await row().getByText('This model asks for an access token.').waitFor();
    await row().getByRole('button', { name: 'Enter token' }).click();
    await page.getByText('so it is kept until Salience is closed').waitFor();
    await page.getByLabel('Access token', { exact: true }).fill('hf_test');
    await page.getByRole('button', { name: 'Get with this token' }).click();
    await row().getByText('Ready', { exact: true }).waitFor({ timeout: 60_000 });
    const kept = await readFile(join(app.folder, 'home', 'settings.json'), 'utf8');
    expect(kept).not.toContain('hf_test');
    expect(app.lines.join('\n')).not.toContain('hf_test');
    // The page asks where the token comes from and is never told what it is.
    await page.getByRole('button', { name: 'Mirror and token' }).click();
    await page.getByText('A token is kept until Salience is closed.').waitFor();
    expect(await page.getByLabel('Access token', { exact: true }).inputValue()).toBe('');
    await page.getByRole('button', { name: 'Forget it' }).click();
    await page
      .getByText('A token is kept until Salience is closed.')
      .waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Cancel' }).click();
  });

  it('a model without a checksum is added from the file that a person fetched', async () => {
    const downloads = join(app.images, 'downloads');
    await mkdir(downloads);
    const albef = page.locator('[data-pack="albef-flickr"]');
    await albef.getByRole('button', { name: 'How to get it' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('ALBEF/flickr30k.pth').waitFor();
    const choose = async () => {
      await dialog.getByRole('button', { name: 'Choose the folder', exact: true }).click();
      await dialog.getByRole('button', { name: 'downloads' }).click();
      await dialog.locator('strong', { hasText: 'downloads' }).waitFor();
      await dialog.getByRole('button', { name: 'Choose this folder' }).click();
    };
    await choose();
    await dialog.getByText('expected the file flickr30k.pth, found a folder without it').waitFor();
    const shapes = albefShapes({ ...TINY_ALBEF, ...REAL_WORDS });
    await writeAlbefTorch(join(downloads, 'flickr30k.pth'), shapes);
    const mplug = join(app.folder, 'mplug.pth');
    await writeMplugTorch(mplug, mplugShapesOf({ ...TINY_MPLUG, ...REAL_WORDS }));
    const out = join(app.folder, 'packs', 'tiny-mplug');
    await buildPack({ source: mplug, out, words: { id: 'tiny-mplug', name: 'Tiny mPLUG' } });
    await choose();
    await albef.getByText('Ready', { exact: true }).waitFor({ timeout: 60_000 });
    await dialog.waitFor({ state: 'detached' });
  });

  it('a key is changed with its conflict shown, swapped, and reset', async () => {
    await page.getByRole('navigation', { name: 'Settings' }).getByText('Shortcuts').click();
    const fill = page.locator('li[data-command="tool.fill"]');
    await fill.getByRole('button').click();
    await page.keyboard.press('f');
    await fill.getByText('F is Fit image.').waitFor();
    await fill.getByRole('button', { name: 'Swap' }).click();
    await page.getByText('2 changed from the preset').waitFor();
    expect(app.engine.context.settings.value().keys).toEqual({
      'tool.fill': 'KeyF',
      'view.fit': 'KeyG',
    });
    await page.getByRole('button', { name: 'Reset to preset' }).click();
    await page.getByText('0 changed from the preset').waitFor();
  });

  it('theme, scale and cache answer at once', async () => {
    const nav = page.getByRole('navigation', { name: 'Settings' });
    await nav.getByText('Appearance').click();
    await page.getByRole('radio', { name: 'High contrast' }).click();
    await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'contrast');
    await nav.getByText('Storage').click();
    await page.getByRole('button', { name: 'Clear the cache' }).click();
    await page.getByText('0 MB of at most').waitFor();
    expect(tab.troubles).toEqual([]);
  });

  it.each([
    ['albef-flickr', 'Layer 2 (text layer 4 of 5), all heads', 3],
    ['tiny-mplug', 'Layer 3 (fusion layer 3 of 6), all heads', 5],
  ])('%s shows words, layers and passes as evidence', async (id, used, layers) => {
    await page.getByRole('button', { name: 'Models and devices' }).first().click();
    const pack = page.locator(`[data-pack="${id}"]`);
    await pack.locator('label.strong').click();
    await pack.getByText('In use').waitFor();
    await page.keyboard.press('Control+Shift+Digit1');
    await tab.ready();
    await tab.run();
    await page.keyboard.press('Control+Shift+Digit2');
    const heads = page.getByRole('region', { name: 'Layers and heads' });
    await heads.getByText(used).waitFor({ timeout: 60_000 });
    await heads.getByRole('button', { name: 'Show all layers and heads' }).click();
    await expect.poll(() => heads.locator('[role="gridcell"] button:enabled').count()).toBe(layers);
    await expect
      .poll(() => page.locator('.prompt').innerText())
      .toMatch(/^A picture of\s+umbrella/);
    await expect.poll(() => page.getByRole('option', { name: /^Pass \d/ }).count()).toBe(4);
  });
});
