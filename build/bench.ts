// npm run bench -- [name...] [-- options]: runs test/bench/<name>.bench.ts one after another, each in
// a process of its own, so that one bench's memory does not count for the next.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureWasm } from './wasm.ts';

const folder = join(import.meta.dirname, '../test/bench');
const ENDING = '.bench.ts';
const all = readdirSync(folder)
  .filter((file) => file.endsWith(ENDING))
  .map((file) => file.slice(0, -ENDING.length))
  .sort();

const given = process.argv.slice(2);
const firstOption = given.findIndex((word) => word.startsWith('--'));
const names = firstOption < 0 ? given : given.slice(0, firstOption);
const options = (firstOption < 0 ? [] : given.slice(firstOption)).filter((word) => word !== '--');
const unknown = names.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`no bench ${unknown.join(', ')}; there are ${all.join(', ')}`);
  process.exit(1);
}

await ensureWasm();
let failed = 0;
for (const name of names.length > 0 ? names : all) {
  console.log(`\n${name}`);
  const { status } = spawnSync(process.execPath, [join(folder, name + ENDING), ...options], {
    stdio: 'inherit',
  });
  if (status !== 0) failed++;
}
process.exit(failed === 0 ? 0 : 1);
