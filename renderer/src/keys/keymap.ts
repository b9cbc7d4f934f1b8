// From settings to a table: which command a key means, which keys a command has, what collides.
import { COMMANDS, type Command, type CommandId, type Preset } from './commands.ts';
import { isSingleCharacter, normalise } from './binding.ts';

export interface KeySettings {
  readonly preset: Preset;
  /** The user's own: command -> 'KeyB' or several separated by blanks; '' = no key. */
  readonly own: { readonly [command: string]: string };
  readonly singleLetters: boolean;
}

export interface Keymap {
  readonly commandFor: ReadonlyMap<string, Command>;
  readonly keysOf: ReadonlyMap<CommandId, readonly string[]>;
  /** Keys that two or more commands claim; the first in the table wins. */
  readonly conflicts: readonly { readonly key: string; readonly commands: readonly CommandId[] }[];
}

/** Keys of a command under a preset, before the user's own changes. */
export function presetKeys(command: Command, preset: Preset): readonly string[] {
  return (preset === 'salience' ? undefined : command[preset]) ?? command.keys;
}

/** The whole table. Keys that the user gave win over keys that a preset gave. */
export function buildKeymap(settings: KeySettings): Keymap {
  const keysOf = new Map<CommandId, readonly string[]>();
  const claims = new Map<string, { command: Command; own: boolean }[]>();
  for (const command of COMMANDS) {
    const own = settings.own[command.id];
    const keys = (own === undefined ? presetKeys(command, settings.preset) : own.split(' '))
      .map(normalise)
      .filter((key) => key !== null);
    keysOf.set(command.id, keys);
    for (const key of keys) {
      const claim = { command, own: own !== undefined };
      claims.set(key, [...(claims.get(key) ?? []), claim]);
    }
  }
  const commandFor = new Map<string, Command>();
  const conflicts: { key: string; commands: CommandId[] }[] = [];
  for (const [key, claimed] of claims) {
    const winner = claimed.find((claim) => claim.own) ?? claimed[0];
    if (claimed.length > 1)
      conflicts.push({ key, commands: claimed.map((claim) => claim.command.id) });
    if (winner && (settings.singleLetters || !isSingleCharacter(key)))
      commandFor.set(key, winner.command);
  }
  return { commandFor, keysOf, conflicts };
}

/** The command that already has `key`, other than `except`. */
export function holderOf(keymap: Keymap, key: string, except: CommandId): CommandId | null {
  for (const [id, keys] of keymap.keysOf) if (id !== except && keys.includes(key)) return id;
  return null;
}
