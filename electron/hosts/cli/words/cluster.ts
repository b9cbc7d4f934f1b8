// The cluster commands: their options and help.
import { Option, type Command } from 'commander';
import { ENGINES } from '../../../link/engines/engines.ts';
import type { ClusterWords } from '../cluster/connect.ts';
import type { ExportRunWords } from '../cluster/exportRun.ts';
import type { PullWords } from '../cluster/pull.ts';
import type { StatusWords } from '../cluster/status.ts';
import type { SubmitWords } from '../cluster/submit.ts';
import type { WorkWords } from '../cluster/work.ts';
import { number } from './number.ts';
import { examples } from './examples.ts';

type End = (code: number) => void;

const DB = [
  '--db <address>',
  'postgres://user@host/name, or embedded to try it on this computer (or the variable SALIENCE_DB)',
] as const;
const JSON_OPTION = [
  '--json',
  'progress as JSON lines on stderr, the result as JSON on stdout',
] as const;

/** Declares them; `end` gets the exit code. */
export function clusterCommands(program: Command, end: End): void {
  const cluster = program
    .command('cluster')
    .description('Pre-label with many computers: run sets and results in a PostgreSQL database.')
    .addHelpText(
      'after',
      `
Example: five commands, the second one on every computer that helps
  salience cluster submit /mnt/photos --classes "cat,dog,~grass" --name pets
  salience cluster work --root photos=/mnt/photos --until-empty
  salience cluster status pets --watch
  salience cluster export pets --out pets.json
  salience cluster pull pets --project pets.salience --images /mnt/photos

Each takes --db postgres://user@host/name, or reads SALIENCE_DB. --db embedded starts a database on this computer.
A worker may be killed, cut off or restarted at any time: each image has one result in the end.`,
    );
  submitWords(cluster, end);
  workWords(cluster, end);
  lookWords(cluster, end);
  changeWords(cluster, end);
}

function submitWords(cluster: Command, end: End): void {
  cluster
    .command('submit')
    .description(
      'List images and ask for masks of the named classes; the same call again adds only what is new.',
    )
    .argument('<images>', 'a folder, s3://bucket/prefix, or a text file with one path a line')
    .option('--name <name>', 'what the run set is called (the name of its images unless given)')
    .option('--classes <list>', 'names with commas, as for "salience prelabel"')
    .option('--classes-file <file>', 'the same, one class a line (commas belong to the name)')
    .option('--coco-categories <file>', 'categories of a COCO file')
    .option('--auto [probability]', 'ask only for the classes that the model finds present')
    .addOption(
      new Option('--engine <id>', 'how masks are found (see "salience engines")').choices(
        ENGINES.map(({ id }) => id),
      ),
    )
    .option('--pack <id>', 'model pack; workers need the same one')
    .addOption(
      new Option('--preset <name>', 'where the settings start')
        .choices(['pack', 'default', 'reference', 'paper'])
        .default('pack'),
    )
    .option('--set <name=value...>', 'single settings over the preset')
    .option('--threshold <number>', 'cut of the normalised class maps, 0 to 0.6', number)
    .option('--priority <number>', 'larger ones are done first', number, '0')
    .option(
      '--keep-maps',
      'store the maps behind the masks, so that thresholds move after a pull (0.2 to 2 MB an image)',
    )
    .option(
      '--root-name <name>',
      'what the folder is called among computers (its own name unless given)',
    )
    .option(
      '--images <folder>',
      'where the paths of a text file begin (its own folder unless given)',
    )
    .option(...DB)
    .option(...JSON_OPTION)
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      `
A submit that was stopped goes on where it was: run the same command again. Buckets are read with this computer's
own credentials (AWS_PROFILE and the like); AWS_ENDPOINT_URL_S3 names a store that is not Amazon's.

Examples
  salience cluster submit /mnt/photos --classes "cat,dog,~grass" --name pets
  salience cluster submit s3://lake/photos/2026 --coco-categories labels.json --auto 0.6 --pack blip-itm-large-coco
  salience cluster submit chosen.txt --images /mnt/photos --classes-file names.txt --db embedded`,
    )
    .action(async (images: string, words: SubmitWords) =>
      end(await (await import('../cluster/submit.ts')).submitCommand(images, words)),
    );
}

function workWords(cluster: Command, end: End): void {
  cluster
    .command('work')
    .description('Work on what was submitted, until it is stopped.')
    .option('--root <name=folder...>', "where a run set's images are on this computer")
    .option('--device <name>', 'auto, cpu, webgpu, cuda, dml or coreml (see "salience devices")')
    .option('--threads <number>', 'threads of the model; 0 = as many as fit', number)
    .option('--pack-folder <folder>', 'a model pack that is not installed')
    .option('--until-empty', 'end when nothing is left to do')
    .option(...DB)
    .option(...JSON_OPTION)
    .option('--quiet', 'no progress')
    .option('--verbose', 'log lines of the model process too')
    .addHelpText(
      'after',
      `
Ctrl-C or SIGTERM finishes the images in flight and hands the rest back, within 30 seconds. Exit code 1 means that this
computer could not go on (its device, its pack, its folder); the work is there for others.

Examples
  salience cluster work --root photos=/mnt/photos
  salience cluster work --root photos=D:\\photos --device dml --db postgres://salience@server/salience
  salience cluster work --until-empty                               (buckets need no root)`,
    )
    .action(async (words: WorkWords) =>
      end(await (await import('../cluster/work.ts')).workCommand(words)),
    );
}

function lookWords(cluster: Command, end: End): void {
  cluster
    .command('status')
    .description('What is done, what failed, who works and how long it takes.')
    .argument('[run]', 'number or name of a run set; all of them unless given')
    .option('--watch', 'again every 2 seconds, until it is finished')
    .option(...DB)
    .option('--json', 'as JSON')
    .addHelpText('after', examples('cluster status', 'cluster status pets --watch'))
    .action(async (run: string | undefined, words: StatusWords) =>
      end(await (await import('../cluster/status.ts')).statusCommand(run, words)),
    );
  cluster
    .command('export')
    .description('Write the masks of a run set as COCO; the file is read back and compared.')
    .argument('<run>', 'number or name of a run set')
    .requiredOption('--out <file>', 'the COCO file to write')
    .addOption(
      new Option('--format <id>', 'COCO profile')
        .choices(['coco', 'coco-polygon', 'coco-stuff', 'coco-instances'])
        .default('coco'),
    )
    .option('--shards <number>', 'as so many files, each with its share of the memory', number, '1')
    .option('--partial', 'take what is done while images are open')
    .option('--overwrite', 'replace files that exist')
    .option(...DB)
    .option(...JSON_OPTION)
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      examples(
        'cluster export pets --out pets.json',
        'cluster export pets --out pets.json --shards 16',
      ),
    )
    .action(async (run: string, words: ExportRunWords) =>
      end(await (await import('../cluster/exportRun.ts')).exportRunCommand(run, words)),
    );
  cluster
    .command('pull')
    .description('Bring the masks of a run set into a project as proposals; accepted ones stay.')
    .argument('<run>', 'number or name of a run set')
    .requiredOption('--project <file>', 'project to make or extend')
    .option('--images <folder>', 'the images of a new project')
    .option(...DB)
    .option(...JSON_OPTION)
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      examples('cluster pull pets --project pets.salience --images /mnt/photos'),
    )
    .action(async (run: string, words: PullWords) =>
      end(await (await import('../cluster/pull.ts')).pullCommand(run, words)),
    );
}

function changeWords(cluster: Command, end: End): void {
  const work = () => import('../cluster/changes.ts');
  const command = (name: string, description: string) =>
    cluster
      .command(name)
      .description(description)
      .argument('<run>', 'number or name of a run set')
      .option(...DB)
      .addHelpText('after', `\nExample\n  salience cluster ${name} pets`);
  command('retry', 'Try failed images again, and go on with a cancelled run set.').action(
    async (run: string, words: ClusterWords) => end(await (await work()).retryCommand(run, words)),
  );
  command('cancel', 'Begin no further image of a run set; what is done is kept.').action(
    async (run: string, words: ClusterWords) => end(await (await work()).cancelCommand(run, words)),
  );
  command('remove', 'Delete a finished or cancelled run set with its results.').action(
    async (run: string, words: ClusterWords) => end(await (await work()).removeCommand(run, words)),
  );
}
