// Which run sets this worker can do: same version, pack and parameters, and its root is where images are.
import { counted } from '../../link/words/counted.ts';
import type { Pool } from 'pg';
import { AppError } from '../../api/errors.ts';
import { ClusterError } from '../database/clusterError.ts';
import { modelsHash } from '../../engine/order/order.ts';
import { canonical, parseRequest, type RunRequest } from '../order/request.ts';
import type { Order } from '../../engine/order/order.ts';
import { listRunSets, type RunSetRow } from '../runs/runSets.ts';
import type { ImageSource, RowImage } from './images.ts';
import { ObjectFailure } from '../source/object.ts';

/** What a host offers: how a request is done here, and where its images are. */
export interface WorkerHost {
  readonly version: string;
  /** Throws in words for a person when this computer cannot do it. */
  order(request: RunRequest): Promise<Order>;
  source(runSet: number, request: RunRequest): Promise<ImageSource>;
}

export interface UsableRunSet {
  readonly id: number;
  readonly name: string;
  readonly order: Order;
  readonly source: ImageSource;
  /** The maps behind the masks are stored as well. */
  readonly keepsMaps: boolean;
}

/** Run sets that are not cancelled and that this worker can do; each refused one is logged once. */
export function createRunSets(pool: Pool, host: WorkerHost, refused: (why: string) => void) {
  const known = new Map<number, UsableRunSet | null>();
  return async (): Promise<UsableRunSet[]> => {
    const usable: UsableRunSet[] = [];
    for (const row of await listRunSets(pool)) {
      if (row.state === 'cancelled' || row.images === 0) continue;
      let one = known.get(row.id);
      if (one === undefined) {
        one = await checked(pool, host, row).catch((error: unknown) => {
          if (!(error instanceof ClusterError) && !(error instanceof AppError)) throw error;
          refused(error.message);
          return null;
        });
        known.set(row.id, one);
      }
      if (one) usable.push(one);
    }
    return usable;
  };
}

async function checked(pool: Pool, host: WorkerHost, row: RunSetRow): Promise<UsableRunSet> {
  const { id, name } = row;
  const request = parseRequest(row);
  if (request.version !== host.version)
    throw new ClusterError(
      `Run set ${id} "${name}" was made by Salience ${request.version}; this worker is ${host.version}. Use the same version.`,
    );
  const order = await host.order(request);
  checkModels({ id, name }, request, order);
  if (canonical(order.params) !== request.resolved)
    throw new ClusterError(
      `Run set ${id} "${name}" asks for other parameters than this version of Salience makes of its settings. Use the version that submitted it.`,
    );
  const source = await host.source(id, request);
  await requireRoot(pool, { id, name }, source);
  return { id, name, order, source, keepsMaps: request.keepMaps === true };
}

/** The models that a run set was made with, and no others. */
function checkModels(
  { id, name }: Pick<RunSetRow, 'id' | 'name'>,
  { pack, judge }: RunRequest,
  { packs }: Order,
): void {
  if (packs.hash === modelsHash(pack.hash, judge?.hash)) return;
  const wanted = [pack, ...(judge ? [judge] : [])];
  const here = packs.hash.split(' ');
  const [at = 0] = wanted.flatMap(({ hash }, index) => (hash === here[index] ? [] : [index]));
  const one = wanted[at] ?? pack;
  throw new ClusterError(
    `Run set ${id} "${name}" was made with pack ${one.id} ${one.hash.slice(0, 23)}; this worker has ${here[at]?.slice(0, 23) ?? 'none'}. Install the same pack.`,
  );
}

/** Opens three images spread over the run set; throws ClusterError when none of them is there. */
export async function requireRoot(
  pool: Pool,
  { id, name }: Pick<RunSetRow, 'id' | 'name'>,
  source: ImageSource,
): Promise<void> {
  const { rows } = await pool.query<Omit<RowImage, 'bytes'> & { bytes: string }>(
    `SELECT n, root, path, bytes, stamp FROM salience.image WHERE run_set = $1 AND n IN (
       SELECT unnest(ARRAY[0, next_n / 2, next_n - 1]) FROM salience.run_set WHERE id = $1)`,
    [id],
  );
  const missed: string[] = [];
  for (const row of rows) {
    try {
      await using _opened = await source.open({ ...row, bytes: Number(row.bytes) });
      return;
    } catch (error) {
      // The root holds a file that changed since: it is the right root.
      if (error instanceof ObjectFailure && error.failure !== 'missing') return;
      if (!(error instanceof ObjectFailure)) throw error;
      missed.push(row.path.slice(0, 80));
    }
  }
  const root = rows[0]?.root ?? name;
  throw new ClusterError(
    `Root "${root}": none of ${counted(rows.length, 'image')} of run set ${id} is under ${source.place} (looked for ${missed.join(', ')}). Give --root ${root}=FOLDER.`,
  );
}
