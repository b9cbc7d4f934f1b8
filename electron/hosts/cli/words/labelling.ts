// The commands that make, carry on and judge masks.
import { Option, type Command } from 'commander';
import type { EnginesOptions } from '../engines.ts';
import type { EvaluateWords } from '../evaluate.ts';
import type { PropagateWords } from '../propagate.ts';
import { examples } from './examples.ts';
import { FILTER_OPTION } from './filter.ts';
import { number } from './number.ts';
import { prelabelWords } from './prelabel.ts';
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
  program
    .command('propagate')
    .description('Propose the accepted masks of an image on other images, where salience matches.')
    .argument('<project>', 'project file')
    .requiredOption('--from <image>', 'the image, by its name in the project')
    .option('--class <name...>', 'only masks of these classes')
    .option('--next <number>', 'on so many images after it', number)
    .option('--alike <number>', 'on so many images where the model saw what looks alike', number)
    .option(...FILTER_OPTION)
    .option('--dry-run', 'count the images, write nothing')
    .option('--json', 'progress as JSON lines on stderr, the figures as JSON on stdout')
    .addHelpText(
      'after',
      examples(
        'propagate photos.salience --from IMG_2041.jpg --next 20',
        'propagate photos.salience --from IMG_2041.jpg --class ball --filter "status:untouched"',
      ),
    )
    .action(async (project: string, options: PropagateWords) =>
      end(await (await import('../propagate.ts')).propagateCommand(project, options)),
    );
}
