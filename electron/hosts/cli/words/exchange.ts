// export, import and formats: their options and help.
import { Option, type Command } from 'commander';
import type { ExportWords, ImportWords } from '../exchange.ts';
import { FILTER_OPTION } from './filter.ts';
import { number } from './number.ts';
import { examples } from './examples.ts';

/** Declares them; `end` gets the exit code. */
export function exchangeCommands(program: Command, end: (code: number) => void): void {
  program
    .command('export')
    .description(
      'Write the annotations of a project in another format; every file is read back and compared.',
    )
    .argument('<project>', 'a .salience file')
    .requiredOption('--out <path>', 'file or new folder to write')
    .option('--format <id>', 'one of the formats below', 'coco')
    .option('--only-reviewed', 'leave out images that are not reviewed')
    .option(...FILTER_OPTION)
    .option('--proposals', 'take proposals along, not only accepted masks')
    .option('--validation <share>', 'share of images for a validation split, 0 to 1', number)
    .option('--overwrite', 'replace a file when it exists')
    .option(
      '--skip-unwritable',
      'leave out images that the format cannot be written with, instead of stopping',
    )
    .option('--no-check', 'do not look through the masks, and write no report beside the data')
    .option('--json', 'progress as JSON lines on stderr, the report as JSON on stdout')
    .addHelpText(
      'after',
      '\nFormats: see "salience formats".\n\nExample\n  salience export photos.salience --format yolo-seg --out yolo --validation 0.1',
    )
    .action(async (project: string, options: ExportWords) =>
      end(await (await import('../exchange.ts')).exportCommand(project, options)),
    );

  program
    .command('import')
    .description('Bring annotations from COCO and other formats into a project.')
    .argument('<source>', 'file or folder with labels')
    .requiredOption('--images <folder>', 'the images that the labels belong to')
    .requiredOption('--project <file>', 'project to make or extend')
    .option('--format <id>', 'one that "salience formats" lists; recognised unless given')
    .addOption(
      new Option('--as <state>', 'accepted, or proposals to be judged')
        .choices(['accepted', 'proposal'])
        .default('accepted'),
    )
    .option('--skip-broken', 'import what is sound and list the rest')
    .option(
      '--turn-labels',
      'the labels were made on pictures as they are stored: turn them by the EXIF orientation',
    )
    .option('--dry-run', 'only report')
    .option('--json', 'progress as JSON lines on stderr, the report as JSON on stdout')
    .addHelpText(
      'after',
      `
Examples
  salience import instances.json --images photos --project photos.salience
  salience import instances.json --images photos --project photos.salience --dry-run
  salience import photos --images photos --project photos.salience            (labelme files beside the images)
  salience import labels --format yolo-seg --images photos --project photos.salience --as proposal --skip-broken

Names of images and paths in label files are compared with those of the folder, never opened. What was changed is told
once per kind; exit code 1 means that labels were left out.`,
    )
    .action(async (source: string, options: ImportWords) =>
      end(await (await import('../exchange.ts')).importCommand(source, options)),
    );

  program
    .command('formats')
    .description('List the formats that can be written and read.')
    .addHelpText('after', examples('formats'))
    .action(async () => end(await (await import('../exchange.ts')).formatsCommand()));
}
