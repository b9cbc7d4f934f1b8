// `salience propagate`: its options and help.
import type { Command } from 'commander';
import type { PropagateWords } from '../propagate.ts';
import { examples } from './examples.ts';
import { FILTER_OPTION } from './filter.ts';
import { number } from './number.ts';

/** Declares it; `end` is told the exit code. */
export function propagateWords(program: Command, end: (code: number) => void): void {
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
