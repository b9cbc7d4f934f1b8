// What a start loads before anybody has asked for anything: every package and family more is time that each start takes.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LoadedAtStart } from '../../../helpers/children/startChild.ts';
import { temporaryFolder } from '../../../helpers/drivers/temporaryFolder.ts';
import { environmentAt } from '../../../helpers/drivers/runCli.ts';

const CHILD = join(import.meta.dirname, '../../../helpers/children/startChild.ts');

async function loadedBy(host: 'browser' | 'desktop'): Promise<LoadedAtStart> {
  await using home = await temporaryFolder();
  const env = environmentAt(home.path, {
    HTTP_PROXY: '',
    HTTPS_PROXY: '',
    http_proxy: '',
    https_proxy: '',
  });
  return new Promise((resolve, reject) => {
    // The desktop's entry refuses to run without a window, which is no failure here.
    execFile(process.execPath, [CHILD, host], { env }, (_refusal, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout) as LoadedAtStart);
      } catch (cause) {
        reject(new Error(stderr, { cause }));
      }
    });
  });
}

test.each([
  ['browser', 'electron/hosts/startEngine.ts'],
  ['desktop', 'electron/engine/entry.ts'],
] as const)('the engine of the %s starts with few packages and no family', async (host, entry) => {
  const { files, packages, webClient } = await loadedBy(host);
  expect(files).toContain(entry);
  expect(files).toContain('electron/engine/engine.ts');
  expect(packages).toEqual(['better-sqlite3', 'lru-cache', 'valibot']);
  expect(
    files.filter((file) => /family\.ts$|^models\/(onnx|torch|safetensors)\//.test(file)),
  ).toEqual([]);
  expect(webClient).toBe(false);
});
