// The devices commands: their options and help.
import type { Command } from 'commander';
import type { CudaWords } from '../devices/cuda.ts';
import type { PrecisionWords } from '../devices/devices.ts';
import { examples } from './examples.ts';

/** Declares them; `end` gets the exit code. */
export function deviceCommands(program: Command, end: (code: number) => void): void {
  const devices = program
    .command('devices')
    .description('Where models run: test, choose, compare precisions, get the CUDA libraries.');
  const work = () => import('../devices/devices.ts');
  devices
    .command('list', { isDefault: true })
    .description('What the last self-test said, and what is used.')
    .addHelpText('after', examples('devices list'))
    .action(async () => end(await (await work()).list()));
  devices
    .command('test')
    .description('Run a small test on one device, or on all, and compare with the CPU.')
    .argument('[device]', 'cpu, cuda, webgpu, dml, coreml')
    .addHelpText('after', examples('devices test', 'devices test cuda'))
    .action(async (device: string | undefined) => end(await (await work()).test(device ?? null)));
  devices
    .command('use')
    .description('Choose the device for all runs; "auto" takes the fastest that passed its test.')
    .argument('<device>', 'auto, cpu, cuda, webgpu, dml, coreml')
    .addHelpText('after', examples('devices use auto'))
    .action(async (device: string) => end(await (await work()).use(device)));
  devices
    .command('precision')
    .description('Show what a precision changes on the sample scenes, and choose it with --yes.')
    .argument('[precision]', 'f32, f16 (graphics cards), int8 (weights, CPU)')
    .option('--pack <id>', 'compare with this pack instead of the one in use')
    .option('--yes', 'use it from now on')
    .addHelpText('after', examples('devices precision int8', 'devices precision int8 --yes'))
    .action(async (precision: string | undefined, options: PrecisionWords) =>
      end(await (await work()).precision(precision ?? null, options)),
    );
  devices
    .command('cuda')
    .description(
      'Say what the CUDA libraries of the runtime are and how large; fetch them with --yes.',
    )
    .option('--yes', 'fetch and install them')
    .addHelpText('after', examples('devices cuda', 'devices cuda --yes'))
    .action(async (options: CudaWords) =>
      end(await (await import('../devices/cuda.ts')).cudaCommand(options)),
    );
}
