// Returns the focus to the canvas after a click on a tool or a tab, so that keys act there.

/** Gives the canvas the focus, where there is one. */
export function focusCanvas(): void {
  document.querySelector<HTMLElement>('[data-canvas]')?.focus({ preventScroll: true });
}
