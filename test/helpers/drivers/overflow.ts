// Words that do not fit: cut by a box around them, sticking out of their control, or drawn over one another.
import type { Page } from 'playwright-core';

/**
 * Each as `tag.class: its text (what is wrong)`. What has an ellipsis and a tip may be cut, and whatever
 * scrolls may be longer than its box; buttons never have less than their words.
 */
export async function overflowing(page: Page): Promise<string[]> {
  return [...(await cutWords(page)), ...(await cutInFields(page))];
}

function cutWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    /** Pixels that rounding and slanted letters take. */
    const SLACK = 1.5;
    const CONTROLS = 'button, a, label, th, td, [role="tab"], [role="option"], [role^="menuitem"]';
    // Tags of masks lie where the masks are; letters in a drawing are part of it.
    const APART = '.visually-hidden, .labels, svg, select, option, textarea';
    // These lie over words on purpose.
    const OVER = '.toast, .tooltip, .drawer, dialog, [role="dialog"], [popover]';
    const found = new Set<string>();
    const nameOf = (node: Element) => [node.tagName.toLowerCase(), ...node.classList].join('.');
    const isTipped = (node: Element) => node.closest('[title], [data-tip], .ellipsis') !== null;
    const scrolls = (overflow: string) => /auto|scroll/.test(overflow);

    interface Words {
      readonly node: Element;
      readonly text: string;
      readonly lines: readonly DOMRect[];
    }
    function* allWords(): Generator<Words> {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      while (walker.nextNode()) {
        const text = walker.currentNode.textContent!.trim();
        const node = walker.currentNode.parentElement!;
        if (text === '' || node.closest(APART)) continue;
        if (!node.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
        // Spoken, not seen.
        if (getComputedStyle(node).clipPath === 'inset(50%)') continue;
        range.selectNodeContents(walker.currentNode);
        const lines = [...range.getClientRects()].filter(({ width }) => width > 0);
        if (lines.length > 0) yield { node, text, lines };
      }
    }
    /** How much of each line lies above or below a box. */
    const hiddenIn = (lines: readonly DOMRect[], edge: DOMRect) =>
      lines.map(({ top, bottom, height }) =>
        Math.min(1, Math.max(0, edge.top - top, bottom - edge.bottom) / height),
      );
    /** What the boxes around them cut off, and by how much. */
    const cutBy = ({ node, lines }: Words): string | null => {
      const left = Math.min(...lines.map((line) => line.left));
      const right = Math.max(...lines.map((line) => line.right));
      for (let box: Element | null = node; box; box = box.parentElement) {
        const style = getComputedStyle(box);
        const edge = box.getBoundingClientRect();
        const over = Math.max(right - edge.right, edge.left - left);
        if (scrolls(style.overflowX)) return null;
        const clips = style.overflowX !== 'visible' && style.display !== 'inline';
        const rolls = scrolls(style.overflowY);
        const hidden = clips && !rolls ? hiddenIn(lines, edge) : [];
        // What is left out whole is meant so.
        if (clips && !rolls && hidden.every((share) => share === 1)) return null;
        if (clips && over > SLACK) {
          if (style.textOverflow === 'ellipsis' && isTipped(box) && !box.matches('button .words'))
            return null;
          return `${Math.round(over)} px cut by ${nameOf(box)}`;
        }
        // Only down: what lies below is reached, what lies beside is not.
        if (rolls) return null;
        if (hidden.some((share) => share > 0.3)) {
          if (style.webkitLineClamp !== 'none' && isTipped(box)) return null;
          return `a line is cut by ${nameOf(box)}`;
        }
        if (box.matches(CONTROLS) && over > SLACK)
          return `${Math.round(over)} px out of ${nameOf(box)}`;
        if (style.position === 'fixed') break;
      }
      return right > innerWidth + SLACK
        ? `${Math.round(right - innerWidth)} px out of the window`
        : null;
    };
    /** What the boxes around a line leave of it. */
    const seenOf = (line: DOMRect, node: Element) => {
      let { left, right, top, bottom } = line;
      for (let box: Element | null = node; box; box = box.parentElement) {
        const { overflowX, display } = getComputedStyle(box);
        if (overflowX === 'visible' || display === 'inline') continue;
        const edge = box.getBoundingClientRect();
        [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
        [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
      }
      return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
    };
    /** Lines that are not under something else. */
    const shown: { words: Words; line: DOMRect }[] = [];
    for (const words of allWords()) {
      const cut = cutBy(words);
      if (cut !== null) found.add(`${nameOf(words.node)}: ${words.text} (${cut})`);
      for (const line of words.lines.map((one) => seenOf(one, words.node))) {
        if (line.width < 1 || line.height < 1) continue;
        const isSeen = [line.left + 2, (line.left + line.right) / 2, line.right - 2].some((x) => {
          const hit = document.elementFromPoint(x, (line.top + line.bottom) / 2);
          return hit && (hit.contains(words.node) || words.node.contains(hit));
        });
        if (isSeen) shown.push({ words, line });
      }
    }
    for (const [at, one] of shown.entries())
      for (const other of shown.slice(at + 1)) {
        if (one.words.node === other.words.node) continue;
        if (one.words.node.closest(OVER) !== other.words.node.closest(OVER)) continue;
        const across =
          Math.min(one.line.right, other.line.right) - Math.max(one.line.left, other.line.left);
        const down =
          Math.min(one.line.bottom, other.line.bottom) - Math.max(one.line.top, other.line.top);
        // Lines below each other touch; words over each other share most of their height.
        if (across > 2 && down > 0.4 * Math.min(one.line.height, other.line.height))
          found.add(`${nameOf(one.words.node)}: ${one.words.text} (under ${other.words.text})`);
      }
    return [...found];
  });
}

/** What an empty field asks for, and what a list has chosen, where it is longer than the field. */
function cutInFields(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const pen = document.createElement('canvas').getContext('2d')!;
    const saidIn = (field: HTMLInputElement | HTMLSelectElement) =>
      field instanceof HTMLSelectElement
        ? field.selectedOptions[0]?.text
        : field.value === ''
          ? field.placeholder
          : '';
    return [...document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')]
      .filter((field) => field.checkVisibility({ visibilityProperty: true }))
      .flatMap((field) => {
        const said = saidIn(field);
        if (!said || field.closest('.visually-hidden, [title], [data-tip]')) return [];
        const { font, paddingLeft, paddingRight } = getComputedStyle(field);
        pen.font = font;
        const room = field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
        const width = pen.measureText(said).width;
        const fits = width <= room + 1.5;
        return fits
          ? []
          : [
              `${field.tagName.toLowerCase()}: ${said} (${Math.round(width)} of ${Math.round(room)} px)`,
            ];
      });
  });
}
