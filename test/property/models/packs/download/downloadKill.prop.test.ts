// Power cuts: a downloading process is killed at random file operations. No remains of it may count
// as a pack unless every byte is right, and the next try must finish the job.
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { downloadPack } from '../../../../../models/packs/download/download.ts';
import { listPacks } from '../../../../../models/packs/store.ts';
import { verifyPack } from '../../../../../models/packs/verify.ts';
import { writeBlipFolder } from '../../../../helpers/fixtures/blipCheckpoint.ts';
import { startHub } from '../../../../helpers/standIns/hubServer.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

const CUTS = 20;
const CHILD = join(import.meta.dirname, '../../../../helpers/children/downloadChild.ts');

it(`pulling the plug at ${CUTS} random points never leaves a pack that is not whole`, async () => {
  await using folder = await temporaryFolder();
  await writeBlipFolder(join(folder.path, 'source'));
  const files: Record<string, Buffer> = {};
  for (const name of await readdir(join(folder.path, 'source')))
    files[name] = await readFile(join(folder.path, 'source', name));
  await using hub = await startHub(files);
  const child = (installed: string, killAt: number) =>
    promisify(execFile)(process.execPath, [CHILD, hub.endpoint, installed, String(killAt)]);

  const operations = Number((await child(join(folder.path, 'whole'), 0)).stdout);
  expect(operations).toBeGreaterThan(CUTS);
  const outcomes = new Set<string>();
  for (let cut = 0; cut < CUTS; cut += 1) {
    // One point in each of twenty stretches, so that the short end of installing is always met.
    const killAt = 1 + Math.floor(((cut + Math.random()) * operations) / CUTS);
    const installed = join(folder.path, `packs-${cut}`);
    const death = await child(installed, killAt).catch((error: unknown) => error);
    expect(death, `killed at operation ${killAt} of ${operations}`).toMatchObject({
      signal: 'SIGKILL',
    });

    const places = { builtIn: [], installed };
    const packs = await listPacks(places);
    for (const pack of packs)
      expect((await verifyPack(pack.folder)).problems, `operation ${killAt}`).toEqual([]);
    outcomes.add(packs.length === 0 ? 'not installed' : 'installed');
    if (packs.length > 0) continue;
    const { folder: done } = await downloadPack(
      { id: 'tiny', repo: 'test/model', words: { name: 'Tiny' } },
      { places, endpoint: hub.endpoint },
    );
    expect((await verifyPack(done)).problems, `after operation ${killAt}`).toEqual([]);
  }
  expect(outcomes).toContain('not installed');
});
