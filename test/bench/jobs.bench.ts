// Five thousand small images through the real program, killed with its model process at twenty random
// moments. `--images 500 --kills 5 --seed 7` for another run.
import { option, runContractTest } from '../helpers/drivers/testAsBench.ts';

runContractTest('jobs.test.ts', {
  SALIENCE_JOBS_IMAGES: option('images', '5000'),
  SALIENCE_JOBS_KILLS: option('kills', '20'),
  SALIENCE_JOBS_SEED: option('seed', String(Date.now() % 1_000_000)),
});
