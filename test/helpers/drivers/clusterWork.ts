// One worker in the test's own process, over the stand-in model.
import { registerWorker } from '../../../electron/cluster/worker/rows.ts';
import { createRunSets, type WorkerHost } from '../../../electron/cluster/worker/runSets.ts';
import type { WorkerTimes } from '../../../electron/cluster/worker/times.ts';
import { work, type Worked, type WorkOptions } from '../../../electron/cluster/worker/work.ts';
import { createRoom } from '../../../electron/engine/order/room.ts';
import { standInModel, type StandInModel } from '../standIns/clusterModel.ts';
import { QUICK, testHost, type ClusterBench } from './clusterBench.ts';
import { temporaryFolder } from './temporaryFolder.ts';

export interface WorkSettings extends Partial<Pick<WorkOptions, 'signal' | 'onProgress'>> {
  readonly model?: StandInModel;
  readonly host?: Partial<WorkerHost>;
  readonly times?: Partial<WorkerTimes>;
}

/** Works on everything that the database has, until nothing is left. */
export async function workOn(
  { pool, queue, said }: ClusterBench,
  images: string,
  settings: WorkSettings = {},
): Promise<Worked> {
  const { model = standInModel(), host = {}, times = {}, signal, onProgress } = settings;
  await using folder = await temporaryFolder();
  const say = (line: string) => void said.push(line);
  // Awaited here: the folder goes when this returns.
  return await work(
    {
      pool,
      queue,
      link: model,
      say,
      folder: folder.path,
      room: createRoom(),
      times: { ...QUICK, ...times },
      worker: await registerWorker(pool, { host: 'test', device: 'cpu', version: '1' }),
    },
    {
      runSets: createRunSets(pool, testHost(images, host), say),
      untilEmpty: true,
      signal: signal ?? new AbortController().signal,
      ...(onProgress ? { onProgress } : {}),
    },
  );
}
