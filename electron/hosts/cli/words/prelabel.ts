// `salience prelabel`: its options and help.
import { Option, type Command } from 'commander';
import { ENGINES } from '../../../link/engines/engines.ts';
import type { PrelabelOptions } from '../prelabel/prelabelRequest.ts';
import { examples } from './examples.ts';
import { FILTER_OPTION } from './filter.ts';
import { number } from './number.ts';

/** Declares it; `end` gets the exit code. */
export function prelabelWords(program: Command, end: (code: number) => void): void {
  const command = program
    .command('prelabel')
    .description('Find masks of the named classes in every image and write a COCO file.')
    .argument('<images...>', 'a folder, or image files below one folder')
    .requiredOption('--out <file>', 'the COCO file to write');
  classOptions(command);
  methodOptions(command);
  resultOptions(command);
  command
    .addHelpText(
      'after',
      '\nAn interrupted run goes on where it was: run the same command again. Annotations that a person accepted or drew are never touched.',
    )
    .addHelpText(
      'after',
      examples(
        'prelabel photos --classes "cat,dog,~grass" --out coco.json',
        'prelabel a.jpg b.jpg --classes-file names.txt --out two.json --overlays seen --maps why',
        'prelabel photos --engine naclip --classes "sky,road,tram" --out coco.json',
        'prelabel photos --classes "mug,spoon" --refine sam --instances --out coco.json',
        'prelabel photos --classes auto --classes-file vocabulary.txt --out coco.json',
        'prelabel photos --coco-categories labels.json --auto 0.6 --out coco.json --json 2>progress.ndjson',
      ),
    )
    .action(async (images: string[], options: PrelabelOptions) =>
      end(await (await import('../prelabel/prelabel.ts')).prelabel(images, options)),
    );
}

/** What is looked for. */
function classOptions(command: Command): void {
  command
    .option(
      '--classes <list>',
      'names with commas; "mug=cup|espresso cup" gives other words, "~grass" marks stuff; auto = those of the names given otherwise (or of the project) that the model finds present',
    )
    .option('--classes-file <file>', 'the same, one class a line (commas belong to the name)')
    .option(
      '--coco-categories <file>',
      'categories of a COCO file, ids kept where they are free and 1 or more',
    )
    .option(
      '--image-labels <file>',
      'JSON from image names to their classes, in the order of the caption: {"a.jpg": ["cat"]}; ids can come from --coco-categories',
    )
    .option(
      '--auto [probability]',
      'ask only for the classes that the model finds present (from the match that the pack names, else 0.5); clip or clip:0.4 = those that CLIP sees, for every --engine (from 0.3)',
    );
}

/** How masks are found. */
function methodOptions(command: Command): void {
  command
    .option('--pack <id>', 'model pack (see "salience pack list")')
    .addOption(
      new Option('--engine <id>', 'how masks are found (see "salience engines")').choices(
        ENGINES.map(({ id }) => id),
      ),
    )
    .addOption(
      new Option('--preset <name>', 'where the settings start')
        .choices(['pack', 'default', 'reference', 'paper'])
        .default('pack'),
    )
    .option(
      '--set <name=value...>',
      'single settings over the preset, e.g. masks.blur=0.03; lists with commas, counted from 0: pnp.layers=0,1; nothing after = is the empty list: pnp.heads=',
    )
    .option('--threshold <number>', 'cut of the normalised class maps, 0 to 0.6', number)
    .option(
      '--refine <model>',
      'sam: a click model draws the edges of things anew where it agrees with the salience, else the edge stays and the report says why; sam:<pack> chooses one of several',
    )
    .option('--stuff-edges', 'with --refine: the outline of stuff moves as well, its body stays')
    .option(
      '--instances',
      'one object per thing: connected parts are objects of their own, and with --refine things that touch are told apart',
    );
}

/** Where masks go, and what is said meanwhile. */
function resultOptions(command: Command): void {
  command
    .addOption(
      new Option('--format <id>', 'COCO profile')
        .choices(['coco', 'coco-polygon', 'coco-stuff', 'coco-instances'])
        .default('coco'),
    )
    .option('--project <file>', 'project file to work in (beside the COCO file unless given)')
    .addOption(
      new Option('--merge <policy>', 'what to do with images that have labels')
        .choices(['proposals', 'replaceClasses', 'replaceProposals', 'skipLabelled'])
        .default('replaceProposals'),
    )
    .option('--overlays <folder>', 'a picture per image with masks and legend')
    .option('--masks <folder>', 'a 16-bit PNG per image with category ids')
    .option('--maps <folder>', 'salience of every pass and class, PNG and float32 .npy')
    .option(...FILTER_OPTION)
    .option('--retry-failed', 'try images again that failed in an earlier run')
    .option('--overwrite', 'replace the COCO file when it exists')
    .option('--json', 'progress as JSON lines on stderr, the result as JSON on stdout')
    .option('--quiet', 'no progress')
    .option('--verbose', 'log lines of the model process too');
}
