// Two hundred kills of a working engine (or `--cycles n`, `--seed n`): the long form of the contract
// test, with every seed printed so that a loss can be repeated.
import { option, runContractTest } from '../helpers/testAsBench.ts';

runContractTest('crash.test.ts', {
  SALIENCE_CRASH_CYCLES: option('cycles', '200'),
  SALIENCE_CRASH_SEED: option('seed', String(Date.now() % 1_000_000)),
});
