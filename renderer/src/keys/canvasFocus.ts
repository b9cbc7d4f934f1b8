// Keys are for the canvas after a click on a tool or a tab: the button has done its work.

/** Gives the canvas the focus, where there is one. */
export function focusCanvas(): void {
  document.querySelector<HTMLElement>('[data-canvas]')?.focus({ preventScroll: true });
}
