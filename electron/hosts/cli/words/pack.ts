// The pack commands: their options and help.
import { Option, type Command } from 'commander';
import type { AddWords, AnswerWords, BuildWords, TokenWords } from '../pack/pack.ts';
import { examples } from './examples.ts';

type End = (code: number) => void;

const JSON_OPTION = [
  '--json',
  'progress as JSON lines on stderr, the result as JSON on stdout',
] as const;

/** Declares them; `end` gets the exit code. */
export function packCommands(program: Command, end: End): void {
  const pack = program
    .command('pack')
    .description('Model packs: list, get, build, verify, remove.');
  listing(pack, end);
  getting(pack, end);
  building(pack, end);
  keeping(pack, end);
}

const work = () => import('../pack/pack.ts');

function listing(pack: Command, end: End): void {
  pack
    .command('list')
    .description('What is on this computer.')
    .option(...JSON_OPTION)
    .addHelpText('after', examples('pack list', 'pack list --json'))
    .action(async (options: AnswerWords) => end(await (await work()).list(options)));
  pack
    .command('catalogue')
    .description('What can be downloaded, with size and licence.')
    .option(...JSON_OPTION)
    .addHelpText('after', examples('pack catalogue', 'pack catalogue --json'))
    .action(async (options: AnswerWords) => end(await (await work()).catalogue(options)));
}

function getting(pack: Command, end: End): void {
  pack
    .command('add')
    .description('Get a pack of the catalogue; a download goes on after an interruption.')
    .argument('<id>')
    .argument('[file]', 'of a model that people fetch themselves: its file, or the folder of it')
    .option('--endpoint <url>', 'mirror of the hub (or the variable HF_ENDPOINT)')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      '\nModels that ask for an access token: set HF_TOKEN, or keep one with "salience pack token".',
    )
    .addHelpText(
      'after',
      examples(
        'pack add blip-itm-large-flickr',
        'pack add blip-itm-large-flickr --json 2> progress.ndjson',
        'pack add albef-flickr ~/Downloads/flickr30k.pth',
      ),
    )
    .action(async (id: string, file: string | undefined, options: AddWords) =>
      end(await (await work()).add(id, file, options)),
    );
  pack
    .command('token')
    .description(
      "Keep an access token for gated models in the system's secret store; it is read from stdin.",
    )
    .option('--endpoint <url>', 'mirror that it is for (or the variable HF_ENDPOINT)')
    .option('--forget', 'remove the one that is kept')
    .addHelpText('after', examples('pack token', 'pack token < token.txt', 'pack token --forget'))
    .action(async (options: TokenWords) => end(await (await work()).token(options)));
}

function building(pack: Command, end: End): void {
  pack
    .command('build')
    .description(
      'Make a pack of a Hugging Face folder, hub cache entry or .pth file; weights are linked, not copied.',
    )
    .argument('<source>')
    .option('--out <folder>', 'where to put it (among the installed packs unless given)')
    .option('--name <name>')
    .option(
      '--tokenizer <file>',
      "tokenizer.json or vocab.txt where the source has none (models that read BERT's words need none)",
    )
    .addOption(
      new Option(
        '--separator <yes|no>',
        'whether captions end with [SEP], where a copy of a model differs from its family',
      ).choices(['yes', 'no']),
    )
    .option(
      '--medsam',
      'a click model that is fed as MedSAM is (known by itself where the name says medsam)',
    )
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      examples(
        'pack build ~/models/blip-itm-base-coco',
        'pack build checkpoint.pth --name "My BLIP"',
        'pack build sam_vit_b_01ec64.pth --name "SAM base"',
      ),
    )
    .action(async (source: string, options: BuildWords) =>
      end(await (await work()).build(source, options)),
    );
}

function keeping(pack: Command, end: End): void {
  pack
    .command('verify')
    .description('Read every byte of a pack and compare.')
    .argument('<id or folder>')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      examples('pack verify blip-itm-large-flickr', 'pack verify ./my-pack --json'),
    )
    .action(async (id: string, options: AnswerWords) =>
      end(await (await work()).verify(id, options)),
    );
  pack
    .command('remove')
    .description('Delete an installed pack.')
    .argument('<id>')
    .addHelpText('after', examples('pack remove blip-itm-large-flickr'))
    .action(async (id: string) => end(await (await work()).remove(id)));
}
