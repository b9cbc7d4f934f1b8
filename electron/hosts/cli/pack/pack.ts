// `salience pack …`: words and signals for the commands that models/packs offers.
import { homedir } from 'node:os';
import { MEDSAM } from '../../../../models/packs/building/preprocessing.ts';
import { hubEndpoint, useProxyOf } from '../../../../models/packs/download/hub/network.ts';
import type { CommandContext } from './packContext.ts';
import {
  addCommand,
  addFetchedCommand,
  buildCommand,
  removeCommand,
  verifyCommand,
} from './packCommands.ts';
import { catalogueCommand, listCommand } from './packListings.ts';
import { createHubTokens } from '../../../engine/secrets/hubTokens.ts';
import { keyringSecrets } from '../../../engine/secrets/keyring.ts';
import type { SecretStore } from '../../../engine/secrets/secretStore.ts';
import { packPlaces } from '../../startEngine.ts';
import { EXIT, onInterrupt, STOP, type StopWords } from '../terminal/exit.ts';
import { readSecret } from '../terminal/readSecret.ts';
import { printable, printableJson, say, sayLines, tell } from '../terminal/lines.ts';

/** `json`: the result as JSON on stdout, progress as JSON lines on stderr. */
export interface AnswerWords {
  readonly json?: boolean;
}

export interface BuildWords extends AnswerWords {
  readonly out?: string;
  readonly name?: string;
  readonly tokenizer?: string;
  readonly separator?: 'yes' | 'no';
  readonly medsam?: boolean;
}

export interface AddWords extends AnswerWords {
  readonly endpoint?: string;
}

export interface TokenWords {
  readonly endpoint?: string;
  readonly forget?: boolean;
}

/** Runs one command with a terminal line for progress and Ctrl-C as pause. */
async function run(
  { json = false }: AnswerWords,
  work: (context: CommandContext) => Promise<number>,
  stop: StopWords = STOP.look,
): Promise<number> {
  useProxyOf(process.env);
  const interrupt = onInterrupt(stop, tell);
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
      json,
      print: (text) => {
        clear();
        // JSON for programs, else lines for people.
        if (json) process.stdout.write(`${printableJson(JSON.parse(text))}\n`);
        else sayLines(text);
      },
      progress({ text, ...facts }) {
        if (json)
          return void process.stderr.write(`${printableJson({ event: 'progress', ...facts })}\n`);
        // A log needs no percentages; what keeps it waiting belongs there.
        if (!terminal) return void (facts.stage === 'waiting' && tell(text));
        clear();
        process.stderr.write(printable(text).slice(0, (process.stderr.columns || 80) - 1));
        shown = true;
      },
    });
  } finally {
    clear();
    interrupt.release();
  }
}

export const list = (words: AnswerWords) => run(words, listCommand);
export const catalogue = (words: AnswerWords) => run(words, catalogueCommand);
export const verify = (id: string, words: AnswerWords) =>
  run(words, (context) => verifyCommand(context, id));
export const remove = (id: string) => run({}, (context) => removeCommand(context, id));

export const build = (source: string, options: BuildWords) =>
  run(options, (context) =>
    buildCommand(context, {
      source,
      ...(options.out === undefined ? {} : { out: options.out }),
      ...(options.tokenizer === undefined ? {} : { tokenizer: options.tokenizer }),
      words: {
        ...(options.name === undefined ? {} : { name: options.name }),
        ...(options.separator === undefined ? {} : { separator: options.separator === 'yes' }),
        ...(options.medsam ? { preprocessing: MEDSAM } : {}),
      },
    }),
  );

export const add = (id: string, file: string | undefined, words: AddWords) =>
  run(
    words,
    async (context) => {
      if (file !== undefined) return addFetchedCommand(context, id, file);
      const { endpoint: given } = words;
      const endpoint = hubEndpoint(process.env, given);
      return addCommand(context, id, {
        endpoint,
        token: await tokensFor(endpoint, keyringSecrets(process.platform)).find(endpoint),
      });
    },
    STOP.download,
  );

/** Keeps an access token from stdin in the system's keyring, or forgets the one that is there. */
export async function token(
  { endpoint: given, forget }: TokenWords,
  store: SecretStore = keyringSecrets(process.platform),
): Promise<number> {
  const endpoint = hubEndpoint(process.env, given);
  const { host } = new URL(endpoint);
  const tokens = tokensFor(endpoint, store);
  if (forget) {
    await tokens.forget(endpoint);
    say(`No token for ${host} is kept any more.`);
    return EXIT.ok;
  }
  if (!(await store.lasts())) {
    tell(
      'This computer has no secret store that can be reached, so nothing was kept. Set HF_TOKEN for the command that downloads instead.',
    );
    return EXIT.couldNotStart;
  }
  await tokens.keep(endpoint, await readSecret(`Access token for ${host}: `));
  const kept = (await tokens.state(endpoint)).source === 'store';
  if (kept) say(`The token for ${host} is kept in the system's secret store.`);
  else tell("The system's secret store did not take the token; nothing was kept.");
  return kept ? EXIT.ok : EXIT.couldNotStart;
}

// An address given with the call is as good as one from the environment.
const tokensFor = (endpoint: string, store: SecretStore) =>
  createHubTokens({ store, env: { ...process.env, HF_ENDPOINT: endpoint }, home: homedir() });
