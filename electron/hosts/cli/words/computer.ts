// serve and doctor: their options and help.
import type { Command } from 'commander';
import type { DoctorOptions } from '../devices/doctor.ts';
import type { ServeOptions } from '../serve.ts';
import { examples } from './examples.ts';

/** Declares them; `end` gets the exit code. */
export function computerCommands(program: Command, end: (code: number) => void): void {
  program
    .command('serve')
    .description('Open Salience in a browser, on this computer only.')
    .argument('[folder or project]')
    .option('--port <number>', 'port on 127.0.0.1; 0 = any free one', '0')
    .option('--open', 'open an app window in an installed Chromium or Chrome')
    .option('--verbose', 'log to stderr')
    .addHelpText('after', examples('serve photos', 'serve photos.salience --port 8080 --open'))
    .action(async (path: string | undefined, options: ServeOptions) =>
      end(await (await import('../serve.ts')).serve(path, options)),
    );

  program
    .command('doctor')
    .description(
      'Check this computer, the devices and the packs; the text can be pasted into an issue.',
    )
    .argument('[project]', 'a .salience file to be checked too: every mask, and the image files')
    .option('--json', 'result as JSON')
    .addHelpText('after', examples('doctor', 'doctor photos.salience --json > doctor.json'))
    .action(async (project: string | undefined, options: DoctorOptions) =>
      end(await (await import('../devices/doctor.ts')).doctor(project, options)),
    );
}
