// A binding is text: modifiers in fixed order, then the key's place, 'Mod+Shift+KeyZ'.

export interface KeyPress {
  readonly code: string;
  readonly key?: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const MODIFIER_CODES = /^(Shift|Control|Alt|Meta|OS)(Left|Right)?$/;

/** The binding that a key press means, or null for a modifier alone. */
export function bindingOf(press: KeyPress): string | null {
  if (press.code === '' || MODIFIER_CODES.test(press.code)) return null;
  const parts = [];
  if (press.ctrlKey || press.metaKey) parts.push('Mod');
  if (press.altKey) parts.push('Alt');
  if (press.shiftKey) parts.push('Shift');
  parts.push(press.code === 'NumpadEnter' ? 'Enter' : press.code);
  return parts.join('+');
}

/** Puts modifiers in the order that `bindingOf` uses; null when it is no binding. */
export function normalise(binding: string): string | null {
  const parts = binding.split('+').filter(Boolean);
  const code = parts.pop();
  if (!code || ['Mod', 'Alt', 'Shift'].includes(code)) return null;
  if (parts.some((part) => !['Mod', 'Alt', 'Shift'].includes(part))) return null;
  return [...['Mod', 'Alt', 'Shift'].filter((name) => parts.includes(name)), code].join('+');
}

/** One character without Ctrl or Alt: what WCAG 2.1.4 asks to be able to switch off. */
export function isSingleCharacter(binding: string): boolean {
  const parts = binding.split('+');
  if (parts.includes('Mod') || parts.includes('Alt')) return false;
  return /^(Key[A-Z]|Digit\d|Comma|Period|Minus|Equal|Bracket(Left|Right)|Slash|Backslash|Semicolon|Quote|Backquote)$/.test(
    parts.at(-1) ?? '',
  );
}

const NAMES: { readonly [code: string]: string } = {
  BracketLeft: '[',
  BracketRight: ']',
  Comma: ',',
  Period: '.',
  Minus: '-',
  Equal: '=',
  Slash: '/',
  Backslash: '\\',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
  Enter: '↵',
  Backspace: '⌫',
  Delete: 'Del',
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
};

/** What stands on the key, "Ctrl Shift Z"; `layout` maps places to letters of this keyboard. */
export function describe(binding: string, layout?: ReadonlyMap<string, string>): string {
  if (binding === 'Shift+Slash' && !layout) return '?';
  const parts = binding.split('+');
  const code = parts.pop() ?? '';
  const name =
    layout?.get(code)?.toUpperCase() ?? NAMES[code] ?? code.replace(/^(Key|Digit|Numpad)/, '');
  return [...parts.map((part) => (part === 'Mod' ? 'Ctrl' : part)), name].join(' ');
}
