// Two hundred kills of a working engine and forty of a working model process (or `--cycles n`,
// `--models n`, `--seed n`): the long form of two contract tests, with every seed printed so that a
// loss can be repeated.
import { option, runContractTest } from '../helpers/drivers/testAsBench.ts';

runContractTest(['crash.test.ts', 'inferenceProcess.test.ts'], {
  SALIENCE_CRASH_CYCLES: option('cycles', '200'),
  SALIENCE_MODEL_KILLS: option('models', '40'),
  SALIENCE_CRASH_SEED: option('seed', String(Date.now() % 1_000_000)),
});
