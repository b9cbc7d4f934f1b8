// Places floating things beside what they belong to, inside the window.

/** Below `anchor`, or above when there is no room; never outside the window. */
export function placeBeside(floating: HTMLElement, anchor: Element, align: 'start' | 'end'): void {
  const at = anchor.getBoundingClientRect();
  placeInWindow(floating, {
    x: align === 'start' ? at.left : at.right - floating.offsetWidth,
    below: at.bottom + 4,
    above: at.top - 4,
  });
}

/** At a point such as a right click. */
export function placeAt(floating: HTMLElement, x: number, y: number): void {
  placeInWindow(floating, { x, below: y, above: y });
}

function placeInWindow(
  floating: HTMLElement,
  wish: { x: number; below: number; above: number },
): void {
  const { offsetWidth: width, offsetHeight: height } = floating;
  const fits = wish.below + height <= window.innerHeight - 4;
  const top = fits ? wish.below : Math.max(4, wish.above - height);
  const left = Math.min(Math.max(4, wish.x), window.innerWidth - width - 4);
  floating.style.left = `${left}px`;
  floating.style.top = `${top}px`;
}
