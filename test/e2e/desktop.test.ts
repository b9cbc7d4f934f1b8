// The window as the desktop shows it: native dialogs, menu, dropped and double-clicked files, through the real
// preload script. Only Electron's own half is a stand-in.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPickKind } from '../../electron/main/window/dialogs.ts';
import { AppPage, startApp, type AppDriver } from '../helpers/drivers/appDriver.ts';
import { noBrowser, openPage } from '../helpers/drivers/browser.ts';
import { asDesktop, fromDesktop } from '../helpers/standIns/desktopStandIn.ts';

if (noBrowser) console.log(`skipped: ${noBrowser}`);

describe.skipIf(noBrowser)('the desktop window', () => {
  let app: AppDriver & { images: string };
  let tab: AppPage;
  /** What native dialogs answer next, and what they were asked. */
  let chosen: string | null = null;
  const asked: unknown[] = [];
  const themes: unknown[] = [];
  const dropped: unknown[] = [];
  const shown: string[] = [];
  let abouts = 0;

  beforeAll(async () => {
    app = await startApp();
    Object.assign(app.engine.context.host, {
      nativeDialogs: true,
      showFile: (path: string) => shown.push(path),
    });
    await writeFile(join(app.images, 'broken.jpg'), 'no picture');
    const handle = () => (chosen === null ? null : app.engine.handleOf(chosen));
    const { page, troubles } = await openPage(app.browser, 'about:blank');
    await asDesktop(page, {
      pick(kind) {
        asked.push(kind);
        return isPickKind(kind) ? handle() : null;
      },
      dropped(path) {
        dropped.push(path);
        return handle();
      },
      theme: (theme) => void themes.push(theme),
      about: () => void (abouts += 1),
    });
    await page.goto(app.host.newLink());
    tab = new AppPage(page, troubles);
  });
  afterAll(() => app?.close());

  const home = async () => {
    await tab.page.getByRole('button', { name: 'Home', exact: true }).click();
    await tab.page.getByRole('button', { name: /Choose folder/ }).waitFor();
  };

  it('opens a folder that was chosen in the native dialog; a cancelled one changes nothing', async () => {
    const { page } = tab;
    await page.getByRole('button', { name: /Choose folder/ }).click();
    await expect.poll(() => asked).toEqual(['folder']);
    expect(await page.locator('[data-canvas]').count()).toBe(0);
    chosen = app.images;
    await page.getByRole('button', { name: /Choose folder/ }).click();
    await tab.ready();
    expect(asked).toEqual(['folder', 'folder']);
    expect(themes).toContain('system');
  });

  it('shows the file of an image that cannot be shown itself', async () => {
    const { page } = tab;
    await page.getByText('broken.jpg').click();
    await page.getByText('This image cannot be shown').waitFor();
    await page.getByRole('button', { name: 'Show file' }).click();
    await expect.poll(() => shown).toEqual([join(app.images, 'broken.jpg')]);
    await page.getByText('beach.jpg').first().click();
    await tab.ready();
  });

  it('does what is chosen in the menu, but nothing behind a dialog', async () => {
    const { page } = tab;
    await fromDesktop(page, 'menu', 'app.export');
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.waitFor();
    await fromDesktop(page, 'menu', 'app.home');
    await dialog.getByRole('button', { name: 'Choose' }).click();
    await expect.poll(() => asked.at(-1)).toBe('folder');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => page.locator('[data-canvas]').count()).toBe(1);
    await fromDesktop(page, 'menu', 'no.such.command');
    await fromDesktop(page, 'menu', 'screen.settings');
    await page.getByRole('heading', { name: 'Settings' }).first().waitFor();
  });

  it('says that it looks for no new versions by itself, and shows where they are when asked', async () => {
    const { page } = tab;
    await page.getByRole('navigation', { name: 'Settings' }).getByText('About').click();
    await page.getByText('Salience does not look for new versions by itself.').waitFor();
    expect(abouts).toBe(0);
    await page.getByRole('button', { name: /^New versions and licences/ }).click();
    await expect.poll(() => abouts).toBe(1);
  });

  it('imports a folder of labelme files, which it recognises, into the open project', async () => {
    const { page } = tab;
    const labels = join(app.folder, 'labels');
    await mkdir(labels);
    const shape = {
      label: 'ball',
      shape_type: 'rectangle',
      points: [
        [10, 10],
        [60, 50],
      ],
    };
    const file = { version: '5.5.0', imagePath: 'beach.jpg', imageWidth: 960, imageHeight: 720 };
    await writeFile(join(labels, 'beach.json'), JSON.stringify({ ...file, shapes: [shape] }));
    chosen = labels;
    await fromDesktop(page, 'menu', 'app.import');
    const dialog = page.getByRole('dialog', { name: 'Import labels' });
    await dialog.getByRole('button', { name: 'Choose folder' }).click();
    await dialog.getByText('labelme: 1 image, 1 mask, 1 class.').waitFor();
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await dialog.getByText('1 image and 1 mask imported.').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
  });

  it('a dropped folder is opened, and a project that was double-clicked', async () => {
    const { page } = tab;
    await home();
    chosen = app.images;
    const drop = page.locator('section.drop');
    await drop.dispatchEvent('drop', {
      dataTransfer: await page.evaluateHandle(() => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([''], 'images'));
        return transfer;
      }),
    });
    await tab.ready();
    expect(dropped.at(-1)).toBe('/dropped/images');
    const project = app.engine.context.open.get().store.path;
    await home();
    // As at a start with a project: asked for before the page has reached the engine.
    await page.reload({ waitUntil: 'commit' });
    await page.waitForFunction(() => 'desktopEmit' in window && document.querySelector('.window'));
    await fromDesktop(page, 'openProject', app.engine.handleOf(project));
    await tab.ready();
  });

  it('finds a file that was moved, in the system’s own dialog', async () => {
    const { page } = tab;
    const moved = join(app.folder, 'moved');
    await cp(app.images, moved, { recursive: true });
    await rm(join(app.images, 'pond.jpg'));
    await page.getByRole('option', { name: /^pond\.jpg/ }).click();
    const times = asked.length;
    chosen = moved;
    await page.getByRole('button', { name: 'Find folder' }).click();
    await page.getByRole('application', { name: /pond\.jpg/ }).waitFor();
    expect(asked.slice(times)).toEqual(['folder']);
  });

  it('a model folder that was chosen in the native dialog brings its name', async () => {
    const { page } = tab;
    await page.getByRole('button', { name: 'Models and devices' }).first().click();
    chosen = join(app.folder, 'My own BLIP');
    await mkdir(chosen);
    await page.getByRole('button', { name: 'Add from a folder' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await expect
      .poll(() => dialog.getByLabel('Name', { exact: true }).inputValue())
      .toBe('My own BLIP');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('nothing failed on the page', () => {
    // The media scheme is the desktop's own, and the answer for a broken image is an error.
    const expected = /media:|ERR_UNKNOWN_URL_SCHEME|status of 4/;
    expect(tab.troubles.filter((line) => !expected.test(line))).toEqual([]);
  });
});
