// Text that does not fit its box: cut, or drawn over what stands beside it.
import type { Page } from 'playwright-core';

/** Each as `tag.class: its text (width of width)`; names and paths with an ellipsis and a title may be cut. */
export function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const ownText = (node: Element) =>
      [...node.childNodes]
        .filter((child) => child.nodeType === Node.TEXT_NODE)
        .map((child) => child.textContent?.trim() ?? '')
        .join(' ')
        .trim();
    const mayBeCut = (node: Element, style: CSSStyleDeclaration) =>
      style.textOverflow === 'ellipsis' &&
      node.closest('[title], [data-tip], [aria-label]') !== null;
    const found = new Set<string>();
    for (const node of document.body.querySelectorAll<HTMLElement>('*')) {
      const text = ownText(node);
      const style = getComputedStyle(node);
      // A word inside a line has no box of its own.
      if (text === '' || node.clientWidth === 0) continue;
      if (!node.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (node.closest('.visually-hidden, svg, select') || mayBeCut(node, style)) continue;
      if (/auto|scroll/.test(style.overflowX) || node.scrollWidth <= node.clientWidth + 1) continue;
      const name = [node.tagName.toLowerCase(), ...node.classList].join('.');
      found.add(`${name}: ${text} (${node.scrollWidth} of ${node.clientWidth})`);
    }
    return [...found];
  });
}
