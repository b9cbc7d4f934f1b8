// What the model process inherits of its parent's environment: where compiled code is kept, and nothing that opens
// accounts or changes how it runs.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { childProcessSpawner } from '../../../../../electron/engine/inferenceLink/child.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

afterEach(() => vi.unstubAllEnvs());

test('the model process finds compiled code, and gets neither options nor tokens', async () => {
  await using folder = await temporaryFolder();
  const entry = join(folder.path, 'entry.mjs');
  await writeFile(entry, 'process.send(process.env);');
  vi.stubEnv('NODE_COMPILE_CACHE', join(folder.path, 'compiled'));
  vi.stubEnv('NODE_OPTIONS', '--no-warnings');
  vi.stubEnv('HF_TOKEN', 'hf_secret');
  const child = childProcessSpawner(entry, { log: () => undefined })(1);
  const ended = new Promise((resolve) => child.onExit(resolve));
  const env = await new Promise<unknown>((resolve) => child.onMessage(resolve));
  child.kill();
  await ended;
  expect(env).toMatchObject({ NODE_COMPILE_CACHE: join(folder.path, 'compiled') });
  expect(env).not.toHaveProperty('NODE_OPTIONS');
  expect(env).not.toHaveProperty('HF_TOKEN');
});
