// F6 walks the regions of the window, in the order in which they stand.

/** Focuses the next region (`data-region`), or the one before; a closed drawer (`data-drawer`) opens and takes it. */
export function moveRegion(by: 1 | -1): void {
  const regions = [
    ...document.querySelectorAll<HTMLElement>('[data-region], [data-drawer]'),
  ].filter(
    (region) =>
      region.dataset['drawer'] !== undefined ||
      // A body that holds regions of its own is walked through them.
      (region.offsetParent !== null && !region.querySelector('[data-region]')),
  );
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(at + by + regions.length) % regions.length];
  if (!next) return;
  if (next.dataset['drawer'] !== undefined) {
    next.dispatchEvent(new Event('reach'));
    return;
  }
  const first = next.matches('[tabindex="0"]')
    ? next
    : next.querySelector<HTMLElement>(
        'button:not(:disabled):not([tabindex="-1"]), input:not(:disabled), select, [tabindex="0"]',
      );
  if (first) first.focus({ preventScroll: false });
  else {
    next.tabIndex = -1;
    next.focus();
  }
}
