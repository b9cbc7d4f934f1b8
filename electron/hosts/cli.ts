// The command line: parses the call, runs the command, turns failures into sentences and exit codes.
// What can be said is in cli/words/, each command's work is a file in cli/.
import { Command } from 'commander';
import { AppError } from '../api/errors.ts';
import { EXIT, InterruptedError } from './cli/terminal/exit.ts';
import { UsageError } from './cli/arguments/usageError.ts';
import { printable, survivesItsReaders, tell, tellLines } from './cli/terminal/lines.ts';
import { benchmarkCommands } from './cli/words/benchmark.ts';
import { clusterCommands } from './cli/words/cluster.ts';
import { computerCommands } from './cli/words/computer.ts';
import { deviceCommands } from './cli/words/devices.ts';
import { exchangeCommands } from './cli/words/exchange.ts';
import { labellingCommands } from './cli/words/labelling.ts';
import { packCommands } from './cli/words/pack.ts';
import { ENGINE_VERSION } from '../engine/version.ts';

const program = new Command('salience')
  .description('Pre-label images for segmentation, see why, save COCO.')
  .version(ENGINE_VERSION)
  .showHelpAfterError('Try "salience <command> --help".')
  .exitOverride()
  // Commander repeats words of the call; help is ours and has lines.
  .configureOutput({
    writeErr: (text) => process.stderr.write(text.split('\n').map(printable).join('\n')),
  })
  .addHelpText(
    'after',
    `
Examples
  salience prelabel photos --classes "cat,traffic light" --out coco.json
  salience prelabel photos --coco-categories labels.json --auto --out coco.json --overlays seen
  salience evaluate --pred coco.json --truth truth.json
  salience benchmark voc2012 --root VOCdevkit
  salience serve photos
  salience pack list

Exit codes: 0 all done · 1 some images failed or labels were left out · 2 the call is off · 3 could not start · 130 stopped by Ctrl-C`,
  );

let exitCode: number = EXIT.ok;
const end = (code: number) => {
  exitCode = code;
};

labellingCommands(program, end);
benchmarkCommands(program, end);
exchangeCommands(program, end);
packCommands(program, end);
deviceCommands(program, end);
clusterCommands(program, end);
computerCommands(program, end);

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
    tell(error.message);
    return EXIT.interrupted;
  }
  if (error instanceof UsageError) {
    tell(error.message);
    return EXIT.usage;
  }
  if (
    error instanceof AppError ||
    (error instanceof Error && error.name.endsWith('Error') && 'code' in error)
  ) {
    tell(error.message);
    return EXIT.couldNotStart;
  }
  tellLines(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.couldNotStart;
}

let lost = false;
survivesItsReaders(({ message }) => {
  if (!lost) tell(`The output could not be written: ${message}. The work itself is done.`);
  lost = true;
  process.exitCode ||= EXIT.couldNotStart;
});

try {
  await program.parseAsync(process.argv);
  process.exitCode = lost ? EXIT.couldNotStart : exitCode;
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
