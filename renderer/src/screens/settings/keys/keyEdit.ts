// Changing keys: what the user's own table becomes. Pure, so that the editor can be tested without it.
import { COMMANDS, type CommandId, type Preset } from '../../../keys/commands.ts';
import { normalise } from '../../../keys/binding.ts';
import { presetKeys, type Keymap } from '../../../keys/keymap.ts';

/** The user's own keys: command -> bindings separated by blanks; '' = no key. */
export type OwnKeys = { readonly [command: string]: string };

/** The command acts on `key` alone from now on. */
export function withKey(own: OwnKeys, id: CommandId, key: string): OwnKeys {
  return { ...own, [id]: key };
}

/** A key that another command has. */
export interface HeldKey {
  readonly id: CommandId;
  readonly key: string;
  readonly holder: CommandId;
}

/** The command gets `key`, its holder loses it. */
export function taking(own: OwnKeys, keymap: Keymap, { id, key, holder }: HeldKey): OwnKeys {
  const left = (keymap.keysOf.get(holder) ?? []).filter((one) => one !== key);
  return { ...withKey(own, id, key), [holder]: left.join(' ') };
}

/** The command gets `key`, its holder gets the command's first key in return. */
export function swapping(own: OwnKeys, keymap: Keymap, { id, key, holder }: HeldKey): OwnKeys {
  const given = keymap.keysOf.get(id)?.[0];
  const kept = (keymap.keysOf.get(holder) ?? []).map((one) => (one === key ? given : one));
  return {
    ...withKey(own, id, key),
    [holder]: kept.filter((one) => one !== undefined).join(' '),
  };
}

/** As the preset has it. */
export function withoutOwn(own: OwnKeys, id: CommandId): OwnKeys {
  return Object.fromEntries(Object.entries(own).filter(([command]) => command !== id));
}

/** Commands whose keys differ from the preset's. */
export function changedCommands(own: OwnKeys, preset: Preset): CommandId[] {
  return COMMANDS.filter((command) => {
    const mine = own[command.id];
    if (mine === undefined) return false;
    const keys = mine.split(' ').map(normalise).filter(Boolean);
    return keys.join(' ') !== presetKeys(command, preset).join(' ');
  }).map(({ id }) => id);
}
