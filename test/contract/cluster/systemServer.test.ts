// The whole way on the system's own PostgreSQL, where there is one: 15 is the least that is promised.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportRun } from '../../../electron/cluster/exchange/exportRun.ts';
import { parseRequest } from '../../../electron/cluster/order/request.ts';
import { retryRunSet } from '../../../electron/cluster/runs/changes.ts';
import { countsOf, findRunSet } from '../../../electron/cluster/runs/runSets.ts';
import {
  clusterBench,
  clusterServer,
  submitFolder,
  writeImages,
} from '../../helpers/drivers/clusterBench.ts';
import { workOn } from '../../helpers/drivers/clusterWork.ts';
import { temporaryFolder } from '../../helpers/drivers/temporaryFolder.ts';
import { DAMAGED } from '../../helpers/standIns/clusterModel.ts';

const DEBIAN = '/usr/lib/postgresql';

/** Folder of the oldest one that is new enough. */
function systemBinaries(): string | undefined {
  if (!existsSync(DEBIAN)) return undefined;
  const majors = readdirSync(DEBIAN)
    .map(Number)
    .filter((major) => major >= 15);
  const [oldest] = majors.sort((a, b) => a - b);
  const folder = join(DEBIAN, String(oldest), 'bin');
  return existsSync(join(folder, 'initdb')) ? folder : undefined;
}

test('submit, two workers, retry and export on the PostgreSQL of this system', async (context) => {
  const folderOfBinaries = systemBinaries();
  context.skip(
    folderOfBinaries === undefined,
    `no PostgreSQL of 15 or newer lies below ${DEBIAN} on this system`,
  );
  await using server = await clusterServer({ SALIENCE_PG_BIN: folderOfBinaries });
  await using folder = await temporaryFolder();
  const images = join(folder.path, 'photos');
  const url = await server.database();
  await using own = await clusterBench(url, { sweeps: true });
  await using other = await clusterBench(url, { sweeps: true });
  await writeImages(images, 60, { 7: DAMAGED });
  const [one, two] = await Promise.all([
    submitFolder(own, images, { pageImages: 25 }),
    submitFolder(other, images, { pageImages: 25 }),
  ]);
  expect(one.added + two.added).toBe(60);
  const done = await Promise.all([workOn(own, images), workOn(other, images)]);
  expect(done.map(({ reason }) => reason)).toEqual([null, null]);
  expect(await countsOf(own.pool, one)).toEqual({ images: 60, done: 59, failed: 1, open: 0 });
  const runSet = await findRunSet(own.pool, 'test');
  expect(await retryRunSet(own.pool, own.queue, runSet, 10)).toBe(1);
  expect(await workOn(own, images)).toMatchObject({ done: 0, failed: 1 });
  const report = await exportRun(
    own.pool,
    {
      runSet: one.id,
      request: parseRequest(runSet),
      images: 60,
      done: 59,
      format: 'coco',
      out: join(folder.path, 'out.json'),
      shards: 1,
      overwrite: false,
      createdAt: '2026-01-01T00:00:00Z',
    },
    { say: () => undefined, onProgress: () => undefined },
  );
  expect(report).toMatchObject({ images: 59, annotations: 59 });
});
