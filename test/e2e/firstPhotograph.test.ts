// From an empty home to a run on a photograph, in the window: the pack that fits is fetched from a hub on
// loopback, chosen by itself, and what a person has to do for it is counted.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type AppPage } from '../helpers/drivers/appDriver.ts';
import { TINY_BLIP, writeBlipFolder } from '../helpers/fixtures/blipCheckpoint.ts';
import { noBrowser } from '../helpers/drivers/browser.ts';
import { startHub, type HubServer } from '../helpers/standIns/hubServer.ts';

if (noBrowser) console.log(`skipped: ${noBrowser}`);

const ID = 'blip-itm-base-coco';

describe.skipIf(noBrowser)('the first photograph', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let tab: AppPage;
  let page: Page;
  let hub: HubServer;
  const steps: string[] = [];
  /** One thing that a person does. */
  const step = async (what: string, act: () => Promise<unknown>) => {
    steps.push(what);
    await act();
  };

  beforeAll(async () => {
    app = await startApp();
    const checkpoint = join(app.folder, 'checkpoint');
    await writeBlipFolder(checkpoint, { ...TINY_BLIP, vocabSize: 40, visionWidth: 32 });
    const files: Record<string, Buffer> = {};
    for (const name of await readdir(checkpoint))
      files[name] = await readFile(join(checkpoint, name));
    hub = await startHub(files, { repo: 'Salesforce/blip-itm-base-coco', largeBytes: 1000 });
    await change({ hubMirror: 'https://hub.test' });
    tab = await app.open();
    page = tab.page;
  });
  afterAll(async () => {
    await app?.close();
    await hub?.[Symbol.asyncDispose]();
  });

  const change = (patch: { hubMirror: string }) =>
    app.engine.context.settings.set({ ...app.engine.context.settings.value(), ...patch });
  const offer = () => page.locator('[data-first-pack]');
  const stage = (name: string) => page.locator(`[data-first-pack="${name}"]`).waitFor();
  const status = () => page.locator('.statusbar');
  const packId = () => app.engine.context.settings.value().packId;
  /** The weights come so slowly that they never end while a test looks. */
  const slowly = () =>
    (hub.fault = ({ where, path }) =>
      where === 'content' && path === 'model.safetensors'
        ? { kind: 'slow', pieceBytes: 500, pauseMs: 300 }
        : undefined);
  const atOnce = () => (hub.fault = () => undefined);

  it('is offered on the home screen with name and size, and nothing is fetched before', async () => {
    await offer().getByText('BLIP base', { exact: true }).waitFor();
    await offer().getByText('895 MB once').waitFor();
    await offer().getByRole('button', { name: 'Get it, 895 MB' }).waitFor();
    expect(hub.requests).toEqual([]);
  });

  it('without a network says so there, with mirror and folder as ways out', async () => {
    await offer()
      .getByRole('button', { name: /^Get it/ })
      .click();
    await offer()
      .getByText('The hub cannot be reached: no network, or no hub.test in it (ENOTFOUND).')
      .waitFor();
    await status().getByText('BLIP base: the download stopped').waitFor();
    await offer().getByRole('button', { name: 'Add from a folder' }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await offer().getByRole('button', { name: 'Mirror and token' }).click();
    await page.getByLabel('Mirror address').fill(hub.endpoint);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    slowly();
    await offer().getByRole('button', { name: 'Try again' }).click();
    await stage('arriving');
  });

  it('is paused, goes on, and can be thrown away', async () => {
    await status()
      .getByText(/Getting BLIP base, \d+ %/)
      .waitFor();
    await offer().getByRole('button', { name: 'Pause' }).click();
    await stage('paused');
    await offer()
      .getByText(/BLIP base is paused at \d+ %. Nothing is lost./)
      .waitFor();
    await offer().getByRole('button', { name: 'Go on' }).click();
    await stage('arriving');
    await offer().getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Throw away' }).click();
    await stage('offered');
    expect(await status().innerText()).not.toContain('Getting');
    expect(packId()).toBe('');
  });

  it('takes four steps from an empty home to a run with the right pack', async () => {
    await step('get', () => offer().getByRole('button', { name: 'Get it, 895 MB' }).click());
    await step('open a folder', async () => {
      await page.getByRole('button', { name: 'Choose folder' }).click();
      await page.getByRole('button', { name: 'Choose this folder' }).click();
      await tab.ready();
    });
    await offer().getByText('BLIP base is on its way.').waitFor();
    await step('name classes', async () => {
      await page.locator('#prompt-input').fill('umbrella, ball');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: /^Run when ready/ }).waitFor();
    });
    await step('run', async () => {
      await tab.canvas.focus();
      await page.keyboard.press('i');
    });
    await page.getByText('Runs when BLIP base is ready. I again takes it back.').waitFor();
    await offer().getByText('The run on the open image begins then.').waitFor();
    expect(packId(), 'nothing is chosen before it is ready').toBe('');

    // The line breaks and comes back: the rest arrives at full speed.
    await offer().getByRole('button', { name: 'Pause' }).click();
    await stage('paused');
    atOnce();
    await offer().getByRole('button', { name: 'Go on' }).click();
    await page.getByText('BLIP base is ready and in use.').first().waitFor({ timeout: 60_000 });
    expect(packId()).toBe(ID);
    await status()
      .getByText(/pass(es)? in/)
      .waitFor({ timeout: 90_000 });
    await expect.poll(() => page.locator('.topbar').innerText()).toContain('BLIP base, COCO');
    expect(steps).toEqual(['get', 'open a folder', 'name classes', 'run']);
    await expect.poll(() => offer().count()).toBe(0);
  });

  it('is offered in a workspace of photographs, and the choice can be taken back', async () => {
    await page.getByRole('button', { name: 'Models and devices' }).last().click();
    await page.getByRole('button', { name: 'Actions for BLIP base, COCO' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page
      .locator(`[data-pack="${ID}"]`)
      .getByRole('button', { name: /^Get/ })
      .waitFor({ timeout: 60_000 });
    await page.getByRole('navigation').getByText('Label', { exact: true }).click();
    await page.getByText('blocks.jpg').first().click();
    await offer().getByText('The built-in model knows drawn things only.').waitFor();
    await offer().getByRole('button', { name: 'Get it, 895 MB' }).click();
    await page.getByRole('button', { name: 'Use the drawn-scenes model', exact: true }).click();
    await expect.poll(packId).not.toBe(ID);
    await expect.poll(() => page.locator('.topbar').innerText()).not.toContain('BLIP');
    expect(tab.troubles).toEqual([]);
  });
});
