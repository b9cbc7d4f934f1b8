// 600 images, 3 workers, 30 kill -9, 3 restarts of the database, one line cut for longer than a lease, images that kill
// the model or the worker. `--images 600 --kills 30 --restarts 3 --seed 7` for another run.
import { option, runContractTest } from '../helpers/drivers/testAsBench.ts';

runContractTest('cluster/faults.test.ts', {
  SALIENCE_CLUSTER_IMAGES: option('images', '600'),
  SALIENCE_CLUSTER_KILLS: option('kills', '30'),
  SALIENCE_CLUSTER_RESTARTS: option('restarts', '3'),
  SALIENCE_CLUSTER_SEED: option('seed', String(Date.now() % 1_000_000)),
});
