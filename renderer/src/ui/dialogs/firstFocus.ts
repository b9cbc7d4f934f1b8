// Where the focus of a dialog begins: in the field that it starts with, else on its main button, so that Enter
// does what the dialog is for; never on the cross that only closes it.

const CONTROLS = ':is(input, textarea, select, button, [tabindex="0"]):not(:disabled)';
const TYPED = 'textarea, input:not([type]), input[type="text"], input[type="search"]';

export function focusFirst(dialog: HTMLDialogElement): void {
  // From the dialog itself: the page around it has a body of its own.
  const first = dialog.querySelector<HTMLElement>(`:scope > .body ${CONTROLS}`);
  const isTyped = first?.matches(TYPED) || first?.getAttribute('role') === 'spinbutton';
  if (first && isTyped) {
    first.focus();
    if (first instanceof HTMLInputElement) first.select();
    return;
  }
  const reading = dialog.querySelector<HTMLElement>(':scope > .body[tabindex="0"]');
  const main = dialog.querySelector<HTMLElement>(':scope > .foot .primary:not(:disabled)');
  // What destroys is never one careless Enter away: its dialog begins on the way out.
  const away = dialog.querySelector<HTMLElement>(':scope > .foot button:not(:disabled)');
  const start = reading ?? main ?? first ?? away;
  if (start) return start.focus();
  // Everything in it waits for something: keys reach the dialog itself, not the cross.
  dialog.tabIndex = -1;
  dialog.focus();
}
