// The README's way to a row of the paper: five lines, each of which the command line takes as it stands.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { SETS } from '../../../../../electron/engine/benchmark/registry.ts';
import { benchmarkCommands } from '../../../../../electron/hosts/cli/words/benchmark.ts';

test('a row of the paper takes five lines, whose words the command knows', async () => {
  const readme = await readFile(join(import.meta.dirname, '../../../../../README.md'), 'utf8');
  const section = readme.slice(readme.indexOf('## A row of the paper'));
  const lines = /```sh\n([^`]*)```/.exec(section)![1]!.trim().split('\n');
  expect(lines).toHaveLength(5);
  const program = new Command();
  benchmarkCommands(program, () => undefined);
  const benchmark = program.commands.find((one) => one.name() === 'benchmark')!;
  const known = new Set(benchmark.options.flatMap(({ long }) => (long ? [long] : [])));
  const calls = lines.flatMap((line) => {
    const words = /^npm run salience -- benchmark (.*)$/.exec(line)?.[1];
    return words === undefined ? [] : [words.split(' ')];
  });
  expect(calls).toHaveLength(4);
  for (const [first, ...words] of calls) {
    const names = ['table', ...SETS.map(({ id }) => id)];
    expect(names).toContain(first);
    for (const word of words) if (word.startsWith('--')) expect(known).toContain(word);
    const select = benchmark.options.find(({ long }) => long === '--select')!;
    const at = words.indexOf('--select');
    if (at >= 0) expect(select.argChoices).toContain(words[at + 1]);
  }
  expect(lines[0]).toMatch(/^npm run salience -- pack add /);
});
