// Handlers of commands. Screens register them while they are shown; the newest is asked first, and a handler
// that answers false leaves the command to the one below.
import { bindingOf, describe, type KeyPress } from '../keys/binding.ts';
import { changesProject, type CommandId } from '../keys/commands.ts';
import { buildKeymap, type Keymap } from '../keys/keymap.ts';
import type { Session } from './session/session.svelte.ts';

/** `down` is false only for the release of a held key. */
export type Handler = (down: boolean) => boolean | void;
export type Handlers = { readonly [id in CommandId]?: Handler };

export class Commands {
  readonly #session: Session;
  /** Called when a command needs editing and the window only looks. */
  onRefused: () => void = () => {};
  #stack: Handlers[] = [];
  #held = new Map<string, CommandId>();

  readonly keymap: Keymap = $derived.by(() =>
    buildKeymap({
      preset: this.#session.settings.keyPreset,
      own: this.#session.settings.keys,
      singleLetters: this.#session.settings.singleLetterKeys,
    }),
  );

  constructor(session: Session) {
    this.#session = session;
  }

  /** Registers handlers; the returned function takes them back. Usable as an effect's cleanup. */
  register(handlers: Handlers): () => void {
    this.#stack = [...this.#stack, handlers];
    return () => {
      this.#stack = this.#stack.filter((entry) => entry !== handlers);
    };
  }

  /** True when someone answered. */
  run(id: CommandId, down = true): boolean {
    const { project, canEdit } = this.#session;
    if (project && !canEdit && changesProject(id)) {
      this.onRefused();
      return true;
    }
    for (let i = this.#stack.length - 1; i >= 0; i -= 1) {
      const handler = this.#stack[i]?.[id];
      if (handler && handler(down) !== false) return true;
    }
    return false;
  }

  isAvailable(id: CommandId): boolean {
    return this.#stack.some((handlers) => handlers[id] !== undefined);
  }

  /** Key hint of a command as text, first key only; undefined when it has none. */
  hint(id: CommandId): string | undefined {
    const key = this.keymap.keysOf.get(id)?.[0];
    return key === undefined ? undefined : describe(key);
  }

  /** Handles a key; true = a command took it and the page must not act on it. */
  keyDown(press: KeyPress & { readonly repeat: boolean }, inField: boolean): boolean {
    const binding = bindingOf(press);
    const command = binding === null ? undefined : this.keymap.commandFor.get(binding);
    if (!command || (inField && !command.inFields)) return false;
    if (command.hold && press.repeat) return this.#held.has(press.code);
    if (press.repeat && !command.repeats) return true;
    const answered = this.run(command.id);
    if (answered && command.hold) this.#held.set(press.code, command.id);
    return answered;
  }

  keyUp(press: KeyPress): void {
    const id = this.#held.get(press.code);
    if (!id) return;
    this.#held.delete(press.code);
    this.run(id, false);
  }

  /** The window lost the focus: keys that are held count as released. */
  releaseAll(): void {
    for (const id of this.#held.values()) this.run(id, false);
    this.#held.clear();
  }
}
