// How a pack command speaks: its print function, progress a few times a second, JSON on request.
import type { PackManifest } from '../../../../models/packs/manifest.ts';
import type { PackPlaces } from '../../../../models/packs/places.ts';

/** How a command speaks and where it works. */
export interface CommandContext {
  readonly places: PackPlaces;
  /** One line of result, without a line feed. */
  readonly print: (line: string) => void;
  /** Replaces the progress shown before; nothing where nobody looks. */
  readonly progress?: (told: Told) => void;
  readonly signal?: AbortSignal;
  /** The result as one line of JSON instead of sentences. */
  readonly json?: boolean;
}

/** How far a command is: for people, and in numbers. */
export interface Told {
  readonly text: string;
  readonly stage: string;
  /** Bytes. */
  readonly done: number;
  readonly total: number;
}

/** 0 = done, 1 = something is wrong with a pack; errors are thrown. */
export type ExitStatus = 0 | 1;

/** A pack that is there now, as JSON. */
export function answer(
  { print }: CommandContext,
  { id, name, family, licence }: PackManifest,
  folder: string,
  more: object = {},
): ExitStatus {
  print(JSON.stringify({ id, name, family, licence, folder, ...more }));
  return 0;
}

// Progress comes with every piece of a megabyte; people and logs want a few lines a second.
export function throttled<P>(
  { progress }: CommandContext,
  tell: (value: P) => Told,
): (value: P) => void {
  let last: Told | null = null;
  let shownAt = -Infinity;
  return (value) => {
    const now = performance.now();
    if (progress === undefined) return;
    const next = tell(value);
    // A new stage may be the last word for a while.
    if (next.text === last?.text || (now - shownAt < 100 && next.stage === last?.stage)) return;
    last = next;
    shownAt = now;
    progress(next);
  };
}
