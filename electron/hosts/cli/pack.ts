// `salience pack …`: words and signals for the commands that models/packs offers.
import { hubEndpoint, useProxyOf } from '../../../models/packs/download/network.ts';
import type { CommandContext } from '../../../models/packs/commands.ts';
import {
  addCommand,
  buildCommand,
  catalogueCommand,
  listCommand,
  removeCommand,
  verifyCommand,
} from '../../../models/packs/commands.ts';
import { packPlaces } from '../startEngine.ts';
import { onInterrupt } from './exit.ts';

export interface BuildWords {
  readonly out?: string;
  readonly name?: string;
  readonly tokenizer?: string;
}

export interface AddWords {
  readonly token?: string;
  readonly endpoint?: string;
}

/** Runs one command with a terminal line for progress and Ctrl-C as pause. */
async function run(work: (context: CommandContext) => Promise<number>): Promise<number> {
  useProxyOf(process.env);
  const interrupt = onInterrupt((line) => console.error(line));
  const terminal = process.stderr.isTTY === true;
  let shown = false;
  const clear = () => {
    if (shown) process.stderr.write('\r\u001B[K');
    shown = false;
  };
  try {
    return await work({
      places: packPlaces(),
      signal: interrupt.signal,
      print: (line) => {
        clear();
        console.log(line);
      },
      ...(terminal
        ? {
            progress: (line: string) => {
              clear();
              process.stderr.write(line.slice(0, (process.stderr.columns || 80) - 1));
              shown = true;
            },
          }
        : {}),
    });
  } finally {
    clear();
    interrupt.release();
  }
}

export const list = () => run(listCommand);
export const catalogue = () => run(catalogueCommand);
export const verify = (id: string) => run((context) => verifyCommand(context, id));
export const remove = (id: string) => run((context) => removeCommand(context, id));

export const build = (source: string, options: BuildWords) =>
  run((context) =>
    buildCommand(context, {
      source,
      ...(options.out === undefined ? {} : { out: options.out }),
      ...(options.tokenizer === undefined ? {} : { tokenizer: options.tokenizer }),
      ...(options.name === undefined ? {} : { words: { name: options.name } }),
    }),
  );

export const add = (id: string, options: AddWords) =>
  run((context) =>
    addCommand(context, id, {
      endpoint: hubEndpoint(process.env, options.endpoint),
      token: options.token ?? process.env['HF_TOKEN'] ?? null,
    }),
  );
