// npm run goldens -- [--root DIR] [family...]: runs recorded cases, a line for each.
// Fails when a case fails or when none is found.
import { parseArgs } from 'node:util';
import {
  findCases,
  goldenRoot,
  plainCases,
  resultLine,
  runCase,
} from '../test/golden/goldenFamily.ts';

const { values, positionals } = parseArgs({
  options: { root: { type: 'string' } },
  allowPositionals: true,
});
const asked = values.root === undefined ? null : goldenRoot(values.root);
const { cases, roots, absent } = asked
  ? { cases: findCases(asked, positionals), roots: [asked], absent: [] }
  : plainCases(positionals);
for (const reason of absent) console.log(`goldens: ${reason}`);
let failed = 0;
for (const one of cases) {
  const result = await runCase(one);
  if (!result.passed) failed++;
  console.log(resultLine(one, result));
}
const which = positionals.length > 0 ? ` of ${positionals.join(', ')}` : '';
console.log(
  `goldens: ${cases.length - failed} passed, ${failed} failed${which} in ${roots.join(' and ')}`,
);
if (cases.length === 0)
  console.error(
    'No case found: a case is a folder with a meta.json; name another root with --root.',
  );
process.exit(failed === 0 && cases.length > 0 ? 0 : 1);
