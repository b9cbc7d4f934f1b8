// benchmark and its table: their options and help.
import { Option, type Command } from 'commander';
import { SET_WORDS } from '../../../engine/benchmark/setWords.ts';
import { ENGINES } from '../../../link/engines/engines.ts';
import type { BenchmarkWords } from '../benchmark/benchmarkPlan.ts';
import type { TableWords } from '../benchmark/joinTable.ts';
import { number } from './number.ts';

const HELP = `
Data sets, with what lies below --root (or one or two levels up or down)
${Object.entries(SET_WORDS)
  .map(([id, { title, layout }]) => `  ${id.padEnd(12)} ${title}\n  ${''.padEnd(12)} ${layout}`)
  .join('\n')}

Where classes come from decides a score more than any setting; rows with other sources are not comparable
  truth  those of the image's own truth: the ceiling      all   every name, in several captions
  match  those that the pack finds present                clip  rounds before CLIP as the judge (CLIP as RNN)
  file   lists by image, e.g. published ones

An interrupted run goes on where it was: run the same command again. Your copy is only read.

Examples
  salience benchmark voc2012 --root VOCdevkit --pack blip-itm-large-flickr --select truth
  salience benchmark ade20k --root ADEChallengeData2016 --limit 100 --seed 7
  salience benchmark folder --root photos --truth masks --classes-file names.txt
  salience benchmark project --root photos.salience --pack blip-itm-base-coco
  salience benchmark table a/scores.json b/scores.json`;

/** Declares them; `end` gets the exit code. */
export function benchmarkCommands(program: Command, end: (code: number) => void): void {
  const benchmark = program
    .command('benchmark')
    .description(
      "Measure a model on a published data set, or on your own, and write the table's row.",
    )
    .argument('<set>', Object.keys(SET_WORDS).join(', '))
    .option('--root <folder>', 'your copy of the data set, in its official layout')
    .option('--truth <masks>', 'for "folder": PNG masks or a COCO file, where not in ROOT/masks')
    .option('--classes-file <file>', 'for "folder": class names, one a line, where masks name none')
    .option('--out <folder>', 'where the report goes (benchmark-SET-PACK-SELECT here unless given)')
    .addOption(
      new Option('--engine <id>', 'method that makes the masks').choices(
        ENGINES.map(({ id }) => id),
      ),
    )
    .option('--pack <id>', 'model pack (see "salience pack list")')
    .addOption(
      new Option(
        '--preset <name>',
        'where the settings start (reference; for "folder" pack)',
      ).choices(['pack', 'default', 'reference', 'paper']),
    )
    .option('--set <name=value...>', 'single settings over the preset, e.g. masks.blur=0.03')
    .addOption(
      new Option('--select <source>', 'which classes an image is asked for')
        .choices(['truth', 'all', 'match', 'clip', 'file'])
        .default('truth'),
    )
    .option('--lists <file>', 'for "--select file": JSON from images to names')
    .option(
      '--match <probability>',
      'for "--select match": from which a class is present (the pack\'s)',
      number,
    )
    .option(
      '--confidence <share>',
      'for "--select clip": own share that a name needs (the published one)',
      number,
    )
    .option('--synonyms', 'ask for the published other words of a class as well')
    .option('--limit <number>', 'a quick look at so many images, named as such', number)
    .option('--seed <number>', 'which ones', number, '0')
    .option('--no-boundary', 'leave the boundary IoU out, which takes longer than all other scores')
    .option('--retry-failed', 'try images again that failed in an earlier run')
    .option('--overwrite', 'replace the report of another call')
    .option('--json', 'progress as JSON lines on stderr, the scores as JSON on stdout')
    .option('--quiet', 'no progress')
    .option('--verbose', 'log lines of the model process too')
    .addHelpText('after', HELP)
    .action(async (set: string, options: BenchmarkWords) =>
      end(await (await import('../benchmark/benchmark.ts')).benchmarkCommand(set, options)),
    );

  benchmark
    .command('table')
    .description('Join the scores of several runs: engines and settings down, data sets across.')
    .argument('<scores...>', 'scores.json files of runs')
    .option('--out <file>', 'write the Markdown table to a new file')
    .action(async (files: string[], options: TableWords) =>
      end(await (await import('../benchmark/joinTable.ts')).tableCommand(files, options)),
    );
}
