// prelabel, tune and evaluate: their options and help.
import { Option, type Command } from 'commander';
import type { EnginesOptions } from '../engines.ts';
import type { EvaluateWords } from '../evaluate.ts';
import type { PrelabelOptions } from '../prelabel/prelabelRequest.ts';
import type { TuneWords } from '../tune/tune.ts';
import { FILTER_OPTION } from './filter.ts';
import { ENGINES } from '../../../link/engines/engines.ts';
import { number } from './number.ts';

/** Declares them; `end` is told the exit code. */
export function labellingCommands(program: Command, end: (code: number) => void): void {
  program
    .command('prelabel')
    .description('Find masks of the named classes in every image and write a COCO file.')
    .argument('<images...>', 'a folder, or image files below one folder')
    .requiredOption('--out <file>', 'the COCO file to write')
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
    )
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
    )
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
    .option('--verbose', 'log lines of the model process too')
    .addHelpText(
      'after',
      `
An interrupted run goes on where it was: run the same command again. Annotations that a person accepted or drew are never touched.

Examples
  salience prelabel photos --classes "cat,dog,~grass" --out coco.json
  salience prelabel a.jpg b.jpg --classes-file names.txt --out two.json --overlays seen --maps why
  salience prelabel photos --engine naclip --classes "sky,road,tram" --out coco.json
  salience prelabel photos --classes "mug,spoon" --refine sam --instances --out coco.json
  salience prelabel photos --classes auto --classes-file vocabulary.txt --out coco.json
  salience prelabel photos --coco-categories labels.json --auto 0.6 --out coco.json --json 2>progress.ndjson`,
    )
    .action(async (images: string[], options: PrelabelOptions) =>
      end(await (await import('../prelabel/prelabel.ts')).prelabel(images, options)),
    );

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
      `
Examples
  salience evaluate --pred coco.json --truth truth.json
  salience evaluate --pred coco.json --truth truth.json --instances
  salience evaluate --pred coco.json --truth masks --protocol reference --json > scores.json`,
    )
    .action(async (options: EvaluateWords) =>
      end(await (await import('../evaluate.ts')).evaluateCommand(options)),
    );

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
      `
Examples
  salience tune photos --engine naclip --labels labels.json --vary nearness,contrast --out tune.json
  salience tune photos --classes "cat,dog" --judge pack --out tune.json --project photos.salience --apply`,
    )
    .action(async (images: string[], options: TuneWords) =>
      end(await (await import('../tune/tune.ts')).tuneCommand(images, options)),
    );
}
