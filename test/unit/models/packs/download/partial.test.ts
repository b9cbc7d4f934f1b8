// The folder of a download in progress: one worker at a time, and plans that a crash cut off.
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  holdFolder,
  pendingDownloads,
  readPlan,
  writePlan,
  type DownloadPlan,
} from '../../../../../models/packs/download/partial.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

const plan: DownloadPlan = {
  version: 1,
  id: 'x',
  name: 'X',
  repo: 'a/b',
  commit: 'a'.repeat(40),
  files: [{ path: 'model.safetensors', bytes: 100, sha256: null, gitSha1: null }],
};

describe('plans', () => {
  it('are read back; cut off, foreign or hostile ones count as none', async () => {
    await using folder = await temporaryFolder();
    await writePlan(folder.path, plan);
    expect(await readPlan(folder.path)).toEqual(plan);
    const hostile = { ...plan, files: [{ ...plan.files[0], path: '../../x' }] };
    for (const text of [JSON.stringify(plan).slice(0, 50), '{}', '', JSON.stringify(hostile)]) {
      await writeFile(join(folder.path, 'download.json'), text);
      expect(await readPlan(folder.path)).toBeNull();
    }
  });

  it('tell how much has come, counting part files and never more than announced', async () => {
    await using folder = await temporaryFolder();
    const partial = join(folder.path, '.partial', 'x');
    await writePlan(partial, plan);
    expect(await pendingDownloads(folder.path)).toEqual([
      { plan, receivedBytes: 0, totalBytes: 100 },
    ]);
    await writeFile(join(partial, 'model.safetensors.part'), Buffer.alloc(40));
    expect(await pendingDownloads(folder.path)).toMatchObject([{ receivedBytes: 40 }]);
    await writeFile(join(partial, 'model.safetensors'), Buffer.alloc(400));
    expect(await pendingDownloads(folder.path)).toMatchObject([{ receivedBytes: 100 }]);
    expect(await pendingDownloads(join(folder.path, 'none'))).toEqual([]);
  });
});

describe('holdFolder', () => {
  const busy = { code: 'DOWNLOAD_BUSY' };

  it('lets one in at a time', async () => {
    await using folder = await temporaryFolder();
    {
      await using _first = await holdFolder(folder.path);
      await expect(holdFolder(folder.path)).rejects.toMatchObject(busy);
    }
    await using _second = await holdFolder(folder.path);
  });

  it('takes over from a process that is gone, and from silence, not from a living one elsewhere', async () => {
    await using folder = await temporaryFolder();
    const lock = join(folder.path, 'running');
    await mkdir(folder.path, { recursive: true });
    // No process has this number: Linux ends at 2^22, others earlier.
    await writeFile(lock, `${hostname()} 99999999`);
    await (await holdFolder(folder.path))[Symbol.asyncDispose]();
    await writeFile(lock, 'another-computer 1');
    await expect(holdFolder(folder.path)).rejects.toMatchObject(busy);
    const long = new Date(Date.now() - 5 * 60_000);
    await utimes(lock, long, long);
    await (await holdFolder(folder.path))[Symbol.asyncDispose]();
  });
});
