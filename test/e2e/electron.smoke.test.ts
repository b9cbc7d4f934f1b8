// The desktop window itself, wherever an Electron binary exists: few tests, each of what only the real thing can prove.
// SALIENCE_TEST_PACKAGE=1 tests what `npm run dist` made with the same word instead of the sources.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { _electron } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildAll, isAnythingStale } from '../../build/build.ts';
import { electronBinary, packagedProgram } from '../../build/system/electronBinary.ts';
import { APP_START } from '../../electron/main/security.ts';

const root = join(import.meta.dirname, '../..');
const isPackaged = process.env['SALIENCE_TEST_PACKAGE'] === '1';
const binary = isPackaged ? packagedProgram(root) : electronBinary();
const reason = binary.kind === 'missing' ? binary.reason : '';
if (binary.kind === 'missing')
  console.warn(
    `SKIPPED: the Electron smoke suite. ${reason} A release needs one real run per platform.`,
  );

/**
 * A copy of the package that no source tree surrounds: below one, Electron takes the tree's package.json for
 * that of packages in the archive which have no word about modules, and reads them wrongly.
 */
function copyOutside(program: string, folder: string): string {
  const release = join(root, 'release');
  const inside = relative(release, program);
  const top = inside.split(sep)[0]!;
  cpSync(join(release, top), join(folder, top), { recursive: true, verbatimSymlinks: true });
  return join(folder, inside);
}

describe('the desktop window', () => {
  let app: ElectronApplication;
  let page: Page;
  const violations: string[] = [];
  const work = mkdtempSync(join(tmpdir(), 'salience-electron-'));
  const userData = join(work, 'data');

  beforeEach(({ skip }) => skip(binary.kind === 'missing', `no Electron binary: ${reason}`));

  beforeAll(async () => {
    if (binary.kind === 'missing') {
      // Whoever asks for the package to be tested must not take its absence for a pass.
      if (isPackaged) throw new Error(reason);
      return;
    }
    if (!isPackaged && isAnythingStale()) await buildAll();
    app = await _electron.launch({
      executablePath: isPackaged ? copyOutside(binary.path, work) : binary.path,
      args: [
        ...(isPackaged ? [] : [root]),
        `--user-data-dir=${userData}`,
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
    page = await app.firstWindow();
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) violations.push(message.text());
    });
    await page.waitForLoadState('load');
  });
  afterAll(async () => {
    await app?.close();
    rmSync(work, { recursive: true, force: true });
  });

  test('opens one window on our page', async () => {
    expect(app.windows()).toHaveLength(1);
    expect(page.url()).toBe(APP_START);
  });

  test('the page has no Node and sees one narrow bridge', async () => {
    const seen = await page.evaluate(() => ({
      require: typeof (globalThis as { require?: unknown }).require,
      process: typeof (globalThis as { process?: unknown }).process,
      bridge: Object.keys((globalThis as unknown as { salience: object }).salience).sort(),
    }));
    expect(seen).toEqual({
      require: 'undefined',
      process: 'undefined',
      bridge: [
        'handleForDrop',
        'onMenu',
        'onOpenProject',
        'pick',
        'requestEnginePort',
        'setTheme',
        'showAbout',
      ],
    });
  });

  test('the sample opens, runs and proposes masks with the built-in model', async () => {
    await page.getByRole('button', { name: 'Open sample' }).click();
    await page.getByRole('application').waitFor();
    await page.getByRole('button', { name: /^Run/ }).click();
    await page.getByRole('button', { name: /^Accept \d+ proposal/ }).waitFor({ timeout: 60_000 });
  });

  test('a killed model process is survived: the next run works', async () => {
    await app.evaluate(({ app: electronApp }) => {
      const inference = electronApp
        .getAppMetrics()
        .find(({ serviceName, name }) => `${serviceName} ${name}`.includes('inference'));
      if (!inference) throw new Error('no model process is running');
      process.kill(inference.pid, 'SIGKILL');
    });
    await page.getByRole('button', { name: /^Run/ }).click();
    await page.getByRole('button', { name: /^Accept \d+ proposal/ }).waitFor({ timeout: 60_000 });
  });

  test('the page never broke its content security policy', () => expect(violations).toEqual([]));
});
