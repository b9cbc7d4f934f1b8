// Workers on hosts of their own, and one whose cable is pulled for longer than its lease.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { countsOf } from '../../../electron/cluster/runs/runSets.ts';
import {
  clusterBench,
  clusterServer,
  shortLeases,
  submitFolder,
  writeImages,
} from '../../helpers/drivers/clusterBench.ts';
import { checkResults, killWorkers, startWorker } from '../../helpers/drivers/clusterWorkers.ts';
import { networkHost, noNetworkHosts } from '../../helpers/drivers/networkHosts.ts';
import { tcpRelay } from '../../helpers/drivers/tcpRelay.ts';
import { temporaryFolder } from '../../helpers/drivers/temporaryFolder.ts';

afterEach(killWorkers);

const COUNT = 70;

test('two hosts share the work; a pulled cable loses nothing and does little twice', async (context) => {
  const why = noNetworkHosts();
  context.skip(why !== null, why ?? '');
  await using server = await clusterServer();
  await using own = await clusterBench(await server.database());
  await using folder = await temporaryFolder();
  const images = join(folder.path, 'photos');
  const begunFile = join(folder.path, 'begun.txt');
  await writeFile(begunFile, '');
  await writeImages(images, COUNT);
  const { id } = await submitFolder(own, images);
  await shortLeases(own);
  using one = networkHost(1);
  using two = networkHost(2);
  const port = Number(new URL(own.url).port);
  const start = async (host: typeof one) => {
    // The server listens on loopback alone.
    const relay = await tcpRelay(port, host.address);
    const url = own.url.replace(/127\.0\.0\.1:\d+/, `${host.address}:${relay.port}`);
    return { relay, worker: startWorker({ url, images, ms: 100, begunFile }, host.through) };
  };
  const [first, second] = [await start(one), await start(two)];
  await using _firstLine = first.relay;
  await using _secondLine = second.relay;
  await Promise.all([first.worker.says('ready'), second.worker.says('ready')]);
  await expect.poll(async () => (await countsOf(own.pool, { id })).done).toBeGreaterThan(15);
  one.plug(false);
  await sleep(4000);
  one.plug(true);
  expect(await second.worker.ended, second.worker.said()).toBe(0);
  expect(await first.worker.ended, first.worker.said()).toBe(0);
  await checkResults(own, COUNT, {});
  const { rows } = await own.pool.query<{ n: number }>(
    'SELECT count(DISTINCT worker)::int AS n FROM salience.result',
  );
  expect(rows).toEqual([{ n: 2 }]);
  const begun = (await readFile(begunFile, 'utf8')).trim().split('\n').length;
  expect(begun).toBeLessThan(COUNT * 1.3);
});
