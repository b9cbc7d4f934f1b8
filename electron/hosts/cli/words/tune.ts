// `salience tune`: its options and help.
import { Option, type Command } from 'commander';
import { ENGINES } from '../../../link/engines/engines.ts';
import type { TuneWords } from '../tune/tune.ts';
import { examples } from './examples.ts';
import { number } from './number.ts';

/** Declares it; `end` gets the exit code. */
export function tuneWords(program: Command, end: (code: number) => void): void {
  program
    .command('tune')
    .description('Find settings of a method from class names alone, without a single mask.')
    .argument('<images...>', 'a folder, or image files below one folder')
    .requiredOption('--out <file>', 'JSON with every try and the winner')
    .option('--classes <list>', 'names with commas; which of them an image has, the match says')
    .option('--classes-file <file>', 'the same, one class a line (commas belong to the name)')
    .option('--coco-categories <file>', 'categories of a COCO file')
    .option('--labels <coco.json>', 'says which classes each image has; its masks are not read')
    .option('--truth <coco.json>', 'the same, and the mIoU of every try is shown beside its reward')
    .option('--things', 'leave stuff out; its pixels are background')
    .option('--auto <probability>', 'match from which a class counts as present', number, '0.5')
    .addOption(
      new Option('--judge <name>', 'who says how well masks fit the names; pack is weaker')
        .choices(['clip', 'pack'])
        .default('clip'),
    )
    .addOption(
      new Option('--strategy <name>', 'how settings are chosen')
        .choices(['random', 'annealing', 'exhaustive'])
        .default('random'),
    )
    .option('--evaluations <number>', 'tries in each of three groups of layers', number, '34')
    .option('--seed <number>', 'same seed, same search', number, '0')
    .option(
      '--vary <list>',
      'what may change: layer, head, threshold, blur, passes, drop (layer,head unless given); with --engine, parameters that "salience engines" lists, such as nearness',
    )
    .addOption(
      new Option('--engine <id>', 'the method to tune (see "salience engines")').choices(
        ENGINES.map(({ id }) => id),
      ),
    )
    .option('--set <name=value...>', 'single settings that stay, e.g. masks.background=always')
    .option('--pack <id>', 'model pack to tune')
    .option('--project <file>', 'project that the winner is for')
    .option('--apply', 'put the winner into the project')
    .option('--overwrite', 'replace the JSON file when it exists')
    .option('--json', 'progress as JSON lines on stderr, the winner as JSON on stdout')
    .addHelpText(
      'after',
      examples(
        'tune photos --engine naclip --labels labels.json --vary nearness,contrast --out tune.json',
        'tune photos --classes "cat,dog" --judge pack --out tune.json --project photos.salience --apply',
      ),
    )
    .action(async (images: string[], options: TuneWords) =>
      end(await (await import('../tune/tune.ts')).tuneCommand(images, options)),
    );
}
