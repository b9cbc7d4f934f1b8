// What keys mean while the fields strip is open. They are places on the keyboard, whatever preset is in use.
import type { AnyMark } from '../saying.svelte.ts';

export type KeyMeaning =
  | { readonly kind: 'field' | 'choice'; readonly place: number }
  | { readonly kind: 'mark'; readonly mark: AnyMark }
  | { readonly kind: 'note' }
  | { readonly kind: 'back' };

const MARK_KEYS: { readonly [code: string]: AnyMark } = {
  KeyO: 'occluded',
  KeyD: 'difficult',
  KeyC: 'crowd',
};

/** Of a key; `choices` = how many are open to be chosen, 0 = none. Null: the key is not for the strip. */
export function keyMeaning(
  event: Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey' | 'target'>,
  choices: number,
): KeyMeaning | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return null;
  const { code } = event;
  const place = Number(/^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1] ?? 0) - 1;
  const isTyping = takesText(event.target);
  if (code === 'Escape' && (!isTyping || isInStrip(event.target))) return { kind: 'back' };
  if (isTyping) return null;
  if (choices > 0) return place >= 0 && place < choices ? { kind: 'choice', place } : null;
  if (place >= 0) return { kind: 'field', place };
  const mark = MARK_KEYS[code];
  if (mark) return { kind: 'mark', mark };
  return code === 'KeyN' ? { kind: 'note' } : null;
}

const isElement = (target: EventTarget | null): target is Element =>
  target !== null && 'closest' in target;

const takesText = (target: EventTarget | null): boolean =>
  isElement(target) && target.closest('input:not([type="checkbox"]), textarea, select') !== null;

const isInStrip = (target: EventTarget | null): boolean =>
  isElement(target) && target.closest('[data-floating]') !== null;
