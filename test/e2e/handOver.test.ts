// Two programs on one project, each with a window of its own: the right to edit goes over when it is asked
// for, and what was under way goes with it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import { openFolder } from '../../electron/engine/opening/opening.ts';
import { memorySecrets } from '../../electron/engine/secrets/secretStore.ts';
import { startBrowserHost, type BrowserHost } from '../../electron/hosts/browser/server.ts';
import { startEngine } from '../../electron/hosts/startEngine.ts';
import { AppDriver, startApp } from '../helpers/drivers/appDriver.ts';
import { noBrowser } from '../helpers/drivers/browser.ts';
import { builtPage } from '../helpers/drivers/page.ts';

if (noBrowser) console.log(`skipped: ${noBrowser}`);

describe.skipIf(noBrowser)('one project in two programs', () => {
  let first: Awaited<ReturnType<typeof startApp>>;
  let engine: Engine;
  let host: BrowserHost;
  let second: AppDriver;

  beforeAll(async () => {
    first = await startApp();
    const log = () => undefined;
    engine = await startEngine({ kind: 'browser', log, secrets: memorySecrets() });
    host = await startBrowserHost({ engine, page: await builtPage(), port: 0, log });
    second = new AppDriver(first.browser, engine, host, first.folder);
  });
  afterAll(async () => {
    await host?.close();
    await engine?.close();
    await first?.close();
  });

  it('is edited where that was asked for, with the shape that was begun elsewhere, and back again', async () => {
    await openFolder(first.engine.context, first.images);
    const holder = await first.open();
    await holder.ready();
    await holder.page.locator('#prompt-input').fill('thing');
    await holder.page.keyboard.press('Enter');
    await holder.canvas.focus();
    await holder.page.keyboard.press('p');
    for (const [x, y] of [
      [60, 60],
      [140, 60],
      [140, 120],
    ] as const)
      await holder.click(x, y);

    await openFolder(engine.context, first.images);
    const asker = await second.open();
    await asker.ready();
    // None, unless this is a second try.
    const drawn = (await asker.objects()).length;
    const editHere = (tab: typeof asker) => tab.page.getByRole('button', { name: 'Edit here' });
    await asker.page.getByText(/^Another Salience is working on this project/).waitFor();
    await editHere(asker).click();
    await editHere(asker).waitFor({ state: 'detached' });

    // The one that was asked says so, and only looks.
    await holder.page.getByText(/took this project over/).waitFor();
    await expect
      .poll(() => holder.page.locator('[data-tip="Open in another window"]').count())
      .toBe(9);
    // Its points wait here.
    await asker.page.getByText('3 points, kept with this image').first().waitFor();
    await asker.canvas.focus();
    await asker.page.keyboard.press('r');
    await asker.drag([
      [300, 300],
      [360, 350],
    ]);
    await asker.saved();
    await expect.poll(() => asker.objects()).toHaveLength(drawn + 1);

    await editHere(holder).click();
    await editHere(holder).waitFor({ state: 'detached' });
    await asker.page.getByText(/took this project over/).waitFor();
    await expect.poll(() => holder.objects()).toHaveLength(drawn + 1);
    expect([...holder.troubles, ...asker.troubles]).toEqual([]);
  });

  it('stays with a command line that works on it, and the window says so', async () => {
    await engine.context.open.inTurn(() => engine.context.open.close());
    const { context } = first.engine;
    await context.open.inTurn(() => context.open.close());
    const log = () => undefined;
    const command = await startEngine({ kind: 'commandLine', log, secrets: memorySecrets() });
    try {
      await openFolder(command.context, first.images, { complete: true });
      await openFolder(context, first.images);
      const tab = await first.open();
      await tab.ready();
      const editHere = tab.page.getByRole('button', { name: 'Edit here' });
      await editHere.click();
      await tab.page
        .getByText(/A command line is working on this project/)
        .first()
        .waitFor();
      await editHere.waitFor();
      await command.close();
      await editHere.click();
      await editHere.waitFor({ state: 'detached' });
      expect(tab.troubles).toEqual([]);
    } finally {
      await command.close();
    }
  });
});
