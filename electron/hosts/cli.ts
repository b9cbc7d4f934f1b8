// The command line: words, help by example, exit codes. Each command's work is a file in cli/.
import { Command, InvalidArgumentError, Option } from 'commander';
import type { CudaWords } from './cli/cuda.ts';
import type { PrecisionWords } from './cli/devices.ts';
import type { DoctorOptions } from './cli/doctor.ts';
import type { EvaluateWords } from './cli/evaluate.ts';
import type { ExportWords, ImportWords } from './cli/exchange.ts';
import type { AddWords, BuildWords, ListWords, TokenWords } from './cli/pack.ts';
import type { PrelabelOptions } from './cli/prelabelRequest.ts';
import type { ServeOptions } from './cli/serve.ts';
import type { TuneWords } from './cli/tune.ts';
import { AppError } from '../api/errors.ts';
import { EXIT, InterruptedError, UsageError } from './cli/exit.ts';
import { VERSION } from './version.ts';

const program = new Command('salience')
  .description('Pre-label images for segmentation, see why, save COCO.')
  .version(VERSION)
  .showHelpAfterError('Try "salience <command> --help".')
  .exitOverride()
  .addHelpText(
    'after',
    `
Examples
  salience prelabel photos --classes "cat,traffic light" --out coco.json
  salience prelabel photos --coco-categories labels.json --auto --out coco.json --overlays seen
  salience evaluate --pred coco.json --truth truth.json
  salience serve photos
  salience pack list

Exit codes: 0 all done · 1 some images failed · 2 the call is off · 3 could not start · 130 stopped by Ctrl-C`,
  );

const number = (text: string) => {
  if (text.trim() === '' || !Number.isFinite(Number(text)))
    throw new InvalidArgumentError('A number is expected.');
  return text;
};

let exitCode: number = EXIT.ok;
const end = (code: number) => {
  exitCode = code;
};

program
  .command('prelabel')
  .description('Find masks of the named classes in every image and write a COCO file.')
  .argument('<images...>', 'a folder, or image files below one folder')
  .requiredOption('--out <file>', 'the COCO file to write')
  .option(
    '--classes <list>',
    'names with commas; "mug=cup|espresso cup" gives other words, "~grass" marks stuff; auto = those of the names given otherwise (or of the project) that the model finds present',
  )
  .option('--classes-file <file>', 'the same, one class a line')
  .option('--coco-categories <file>', 'categories of a COCO file, ids kept')
  .option('--image-labels <file>', 'JSON from image names to their classes: {"a.jpg": ["cat"]}')
  .option(
    '--auto [probability]',
    'ask only for the classes that the model finds present (from the match that the pack names, else 0.5)',
  )
  .option('--pack <id>', 'model pack (see "salience pack list")')
  .addOption(
    new Option('--preset <name>', 'where the settings start')
      .choices(['pack', 'default', 'reference', 'paper'])
      .default('pack'),
  )
  .option('--set <name=value...>', 'single settings over the preset, e.g. masks.blur=0.03')
  .option('--threshold <number>', 'cut of the normalised class maps, 0 to 0.6', number)
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
  salience prelabel photos --classes auto --classes-file vocabulary.txt --out coco.json
  salience prelabel photos --coco-categories labels.json --auto 0.6 --out coco.json --json 2>progress.ndjson`,
  )
  .action(async (images: string[], options: PrelabelOptions) =>
    end(await (await import('./cli/prelabel.ts')).prelabel(images, options)),
  );

program
  .command('export')
  .description(
    'Write the annotations of a project in another format; every file is read back and compared.',
  )
  .argument('<project>', 'a .salience file')
  .requiredOption('--out <path>', 'file or new folder to write')
  .option('--format <id>', 'one of the formats below', 'coco')
  .option('--only-reviewed', 'leave out images that are not reviewed')
  .option('--proposals', 'take proposals along, not only accepted masks')
  .option('--validation <share>', 'share of images for a validation split, 0 to 1', number)
  .option('--overwrite', 'replace a file when it exists')
  .option('--json', 'progress as JSON lines on stderr, the report as JSON on stdout')
  .addHelpText(
    'after',
    '\nFormats: see "salience formats".\n\nExample\n  salience export photos.salience --format yolo-seg --out yolo --validation 0.1',
  )
  .action(async (project: string, options: ExportWords) =>
    end(await (await import('./cli/exchange.ts')).exportCommand(project, options)),
  );

program
  .command('import')
  .description('Bring annotations from COCO and other formats into a project.')
  .argument('<source>', 'file or folder with labels')
  .requiredOption('--images <folder>', 'the images that the labels belong to')
  .requiredOption('--project <file>', 'project to make or extend')
  .option('--format <id>', 'one of the formats of "salience formats"', 'coco')
  .addOption(
    new Option('--as <state>', 'accepted, or proposals to be judged')
      .choices(['accepted', 'proposal'])
      .default('accepted'),
  )
  .option('--skip-broken', 'import what is sound and list the rest')
  .option('--dry-run', 'only report')
  .option('--json', 'progress as JSON lines on stderr, the report as JSON on stdout')
  .addHelpText(
    'after',
    `
Examples
  salience import instances.json --images photos --project photos.salience
  salience import instances.json --images photos --project photos.salience --dry-run
  salience import labels --format yolo-seg --images photos --project photos.salience --as proposal --skip-broken`,
  )
  .action(async (source: string, options: ImportWords) =>
    end(await (await import('./cli/exchange.ts')).importCommand(source, options)),
  );

program
  .command('formats')
  .description('List the formats that can be written and read.')
  .addHelpText(
    'after',
    `
Example
  salience formats`,
  )
  .action(async () => end(await (await import('./cli/exchange.ts')).formatsCommand()));

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
  .option('--json', 'progress as JSON lines on stderr, the scores as JSON on stdout')
  .addHelpText(
    'after',
    `
Examples
  salience evaluate --pred coco.json --truth truth.json
  salience evaluate --pred coco.json --truth masks --protocol reference --json > scores.json`,
  )
  .action(async (options: EvaluateWords) =>
    end(await (await import('./cli/evaluate.ts')).evaluateCommand(options)),
  );

program
  .command('tune')
  .description('Find layer, head and thresholds from class names alone, without a single mask.')
  .argument('<images...>', 'a folder, or image files below one folder')
  .requiredOption('--out <file>', 'JSON with every try and the winner')
  .option('--classes <list>', 'names with commas; which of them an image has, the match says')
  .option('--classes-file <file>', 'the same, one class a line')
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
    'what may change: layer, head, threshold, blur, passes, drop',
    'layer,head',
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
Example
  salience tune photos --classes "cat,dog" --judge pack --out tune.json --project photos.salience --apply`,
  )
  .action(async (images: string[], options: TuneWords) =>
    end(await (await import('./cli/tune.ts')).tuneCommand(images, options)),
  );

const pack = program.command('pack').description('Model packs: list, get, build, verify, remove.');
const packCommands = () => import('./cli/pack.ts');
pack
  .command('list')
  .description('What is on this computer.')
  .option('--json', 'result as JSON')
  .addHelpText(
    'after',
    `
Examples
  salience pack list
  salience pack list --json`,
  )
  .action(async (options: ListWords) => end(await (await packCommands()).list(options)));
pack
  .command('catalogue')
  .description('What can be downloaded, with size and licence.')
  .addHelpText(
    'after',
    `
Example
  salience pack catalogue`,
  )
  .action(async () => end(await (await packCommands()).catalogue()));
pack
  .command('add')
  .description('Download a pack of the catalogue; goes on after an interruption.')
  .argument('<id>')
  .option('--endpoint <url>', 'mirror of the hub (or the variable HF_ENDPOINT)')
  .addHelpText(
    'after',
    '\nModels that ask for an access token: set HF_TOKEN, or keep one with "salience pack token".',
  )
  .addHelpText(
    'after',
    `
Example
  salience pack add blip-itm-large-flickr`,
  )
  .action(async (id: string, options: AddWords) =>
    end(await (await packCommands()).add(id, options)),
  );
pack
  .command('token')
  .description(
    "Keep an access token for gated models in the system's secret store; it is read from stdin.",
  )
  .option('--endpoint <url>', 'mirror that it is for (or the variable HF_ENDPOINT)')
  .option('--forget', 'remove the one that is kept')
  .addHelpText(
    'after',
    `
Examples
  salience pack token
  salience pack token < token.txt
  salience pack token --forget`,
  )
  .action(async (options: TokenWords) => end(await (await packCommands()).token(options)));
pack
  .command('build')
  .description(
    'Make a pack of a Hugging Face folder, hub cache entry or .pth file; weights are linked, not copied.',
  )
  .argument('<source>')
  .option('--out <folder>', 'where to put it (among the installed packs unless given)')
  .option('--name <name>')
  .option('--tokenizer <file>', 'tokenizer.json or vocab.txt where the source has none')
  .addHelpText(
    'after',
    `
Examples
  salience pack build ~/models/blip-itm-base-coco
  salience pack build checkpoint.pth --tokenizer vocab.txt --name "My BLIP"`,
  )
  .action(async (source: string, options: BuildWords) =>
    end(await (await packCommands()).build(source, options)),
  );
pack
  .command('verify')
  .description('Read every byte of a pack and compare.')
  .argument('<id or folder>')
  .addHelpText(
    'after',
    `
Example
  salience pack verify blip-itm-large-flickr`,
  )
  .action(async (id: string) => end(await (await packCommands()).verify(id)));
pack
  .command('remove')
  .description('Delete an installed pack.')
  .argument('<id>')
  .addHelpText(
    'after',
    `
Example
  salience pack remove blip-itm-large-flickr`,
  )
  .action(async (id: string) => end(await (await packCommands()).remove(id)));

const devices = program
  .command('devices')
  .description('Where models run: test, choose, compare precisions, get the CUDA libraries.');
const deviceCommands = () => import('./cli/devices.ts');
devices
  .command('list', { isDefault: true })
  .description('What the last self-test said, and what is used.')
  .addHelpText(
    'after',
    `
Example
  salience devices list`,
  )
  .action(async () => end(await (await deviceCommands()).list()));
devices
  .command('test')
  .description('Run a small test on one device, or on all, and compare with the CPU.')
  .argument('[device]', 'cpu, cuda, webgpu, dml, coreml')
  .addHelpText(
    'after',
    `
Examples
  salience devices test
  salience devices test cuda`,
  )
  .action(async (device: string | undefined) =>
    end(await (await deviceCommands()).test(device ?? null)),
  );
devices
  .command('use')
  .description('Choose the device for all runs; "auto" takes the fastest that passed its test.')
  .argument('<device>', 'auto, cpu, cuda, webgpu, dml, coreml')
  .addHelpText(
    'after',
    `
Example
  salience devices use auto`,
  )
  .action(async (device: string) => end(await (await deviceCommands()).use(device)));
devices
  .command('precision')
  .description('Show what a precision changes on the sample scenes, and choose it with --yes.')
  .argument('[precision]', 'f32, f16 (graphics cards), int8 (weights, CPU)')
  .option('--pack <id>', 'compare with this pack instead of the one in use')
  .option('--yes', 'use it from now on')
  .addHelpText(
    'after',
    `
Examples
  salience devices precision int8
  salience devices precision int8 --yes`,
  )
  .action(async (precision: string | undefined, options: PrecisionWords) =>
    end(await (await deviceCommands()).precision(precision ?? null, options)),
  );
devices
  .command('cuda')
  .description(
    'Say what the CUDA libraries of the runtime are and how large; fetch them with --yes.',
  )
  .option('--yes', 'fetch and install them')
  .addHelpText(
    'after',
    `
Examples
  salience devices cuda
  salience devices cuda --yes`,
  )
  .action(async (options: CudaWords) =>
    end(await (await import('./cli/cuda.ts')).cudaCommand(options)),
  );

program
  .command('serve')
  .description('Open Salience in a browser, on this computer only.')
  .argument('[folder or project]')
  .option('--port <number>', 'port on 127.0.0.1; 0 = any free one', '0')
  .option('--open', 'open an app window in an installed Chromium or Chrome')
  .option('--verbose', 'log to stderr')
  .addHelpText(
    'after',
    `
Examples
  salience serve photos
  salience serve photos.salience --port 8080 --open`,
  )
  .action(async (path: string | undefined, options: ServeOptions) =>
    end(await (await import('./cli/serve.ts')).serve(path, options)),
  );

program
  .command('doctor')
  .description(
    'Check this computer, the devices and the packs; the text can be pasted into an issue.',
  )
  .argument('[project]', 'a .salience file to be checked too: every mask, and the image files')
  .option('--json', 'result as JSON')
  .addHelpText(
    'after',
    `
Examples
  salience doctor
  salience doctor photos.salience --json > doctor.json`,
  )
  .action(async (project: string | undefined, options: DoctorOptions) =>
    end(await (await import('./cli/doctor.ts')).doctor(project, options)),
  );

// The built-in one stops at the first word: "help pack token" would show "pack".
program
  .helpCommand(false)
  .command('help')
  .description('Show what a command does, e.g. "salience help pack token".')
  .argument('[command...]')
  .action((words: string[]) => {
    let command = program;
    for (const word of words) {
      const next = command.commands.find((one) => one.name() === word);
      if (!next) throw new UsageError(`There is no command "${words.join(' ')}".`);
      command = next;
    }
    command.outputHelp();
  });

/** One sentence for people; a stack only for what nobody expected. */
function explain(error: unknown): number {
  if (error instanceof InterruptedError) {
    console.error(error.message);
    return EXIT.interrupted;
  }
  if (error instanceof UsageError) {
    console.error(error.message);
    return EXIT.usage;
  }
  if (
    error instanceof AppError ||
    (error instanceof Error && error.name.endsWith('Error') && 'code' in error)
  ) {
    console.error(error.message);
    return EXIT.couldNotStart;
  }
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.couldNotStart;
}

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCode);
  throw error;
});

try {
  await program.parseAsync(process.argv);
  process.exitCode = exitCode;
} catch (error) {
  const code = (error as { code?: string }).code ?? '';
  // Commander has printed help, version or what is wrong with the call.
  if (code.startsWith('commander.'))
    process.exitCode = ['commander.helpDisplayed', 'commander.version', 'commander.help'].includes(
      code,
    )
      ? EXIT.ok
      : EXIT.usage;
  else process.exitCode = explain(error);
}
