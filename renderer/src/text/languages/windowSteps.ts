// Steps that were taken in an English window, in the language of this one. The log has a step as the window called it;
// English is the language of sample projects and of earlier versions.
import { en } from '../en.ts';
import { text } from '../text.ts';

/** Of one object, class or setting, which the sentence names. */
const NAMED = [
  'paint',
  'erase',
  'segment',
  'draw',
  'accept',
  'reject',
  'relabel',
  'order',
  'grow',
  'shrink',
  'smooth',
  'fillHoles',
  'split',
  'joinAgain',
  'duplicate',
  'cut',
  'points',
  'cutShape',
  'fill',
  'crowd',
  'move',
  'settings',
  'discard',
] as const;

type History = typeof text.label.history;

/** By the first word of the English sentence. */
const COUNTED: { readonly [verb: string]: (said: History, n: number) => string } = {
  Merge: (said, n) => said.merge(n),
  Intersect: (said, n) => said.intersect(n),
  Paste: (said, n) => said.paste(n),
  Delete: (said, n) => said.remove(n, ''),
  Lock: (said, n) => said.lock(n, ''),
  Unlock: (said, n) => said.unlock(n, ''),
};

/** Of one object. */
const SINGLE: { readonly [verb: string]: (said: History, name: string) => string } = {
  Delete: (said, name) => said.remove(1, name),
  Lock: (said, name) => said.lock(1, name),
  Unlock: (said, name) => said.unlock(1, name),
};

/** Null for a step that no English window calls so. */
export function windowStep(label: string): string | null {
  const said = text.label.history;
  const [, verb = '', n] = /^(\w+) ([\d,]+) objects?$/.exec(label) ?? [];
  if (n !== undefined && Object.hasOwn(COUNTED, verb))
    return COUNTED[verb]!(said, Number(n.replaceAll(',', '')));
  const [, one = '', name = ''] = /^(\w+) (.+)$/su.exec(label) ?? [];
  if (Object.hasOwn(SINGLE, one)) return SINGLE[one]!(said, name);
  // "Fill holes of cup" and not "Fill" of "holes of cup": the sentence with most words of its own.
  const fitting = NAMED.flatMap((key) => {
    const [before, after] = en.label.history[key]('\0').split('\0') as [string, string];
    const fits = label.startsWith(before) && label.endsWith(after);
    const left = label.length - before.length - after.length;
    return fits && left > 0
      ? [{ key, left, name: label.slice(before.length, before.length + left) }]
      : [];
  }).toSorted((a, b) => a.left - b.left);
  return fitting.length > 0 ? said[fitting[0]!.key](fitting[0]!.name) : null;
}
