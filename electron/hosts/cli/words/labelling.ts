// The commands that make and judge masks.
import { Option, type Command } from 'commander';
import type { EnginesOptions } from '../engines.ts';
import type { EvaluateWords } from '../evaluate.ts';
import { examples } from './examples.ts';
import { prelabelWords } from './prelabel.ts';
import { propagateWords } from './propagate.ts';
import { tuneWords } from './tune.ts';

/** Declares them; `end` gets the exit code. */
export function labellingCommands(program: Command, end: (code: number) => void): void {
  prelabelWords(program, end);
  program
    .command('engines')
    .description('List the ways to find masks: what each does, needs and can be set.')
    .option('--json', 'the list as JSON on stdout')
    .action(async (options: EnginesOptions) =>
      end(await (await import('../engines.ts')).engines(options)),
    );
  program
    .command('evaluate')
    .description('Compare masks with ground truth: mIoU, accuracy, boundary IoU.')
    .requiredOption('--pred <coco.json>', 'what was found')
    .requiredOption(
      '--truth <coco.json or folder>',
      'what is there: a COCO file or a folder of mask PNGs',
    )
    .addOption(
      new Option('--protocol <name>', 'how void and background count')
        .choices(['standard', 'reference'])
        .default('standard'),
    )
    .option('--instances', 'average precision of objects as well, as COCO computes it (COCO files)')
    .option('--json', 'progress as JSON lines on stderr, the scores as JSON on stdout')
    .addHelpText(
      'after',
      examples(
        'evaluate --pred coco.json --truth truth.json',
        'evaluate --pred coco.json --truth truth.json --instances',
        'evaluate --pred coco.json --truth masks --protocol reference --json > scores.json',
      ),
    )
    .action(async (options: EvaluateWords) =>
      end(await (await import('../evaluate.ts')).evaluateCommand(options)),
    );
  tuneWords(program, end);
  propagateWords(program, end);
}
