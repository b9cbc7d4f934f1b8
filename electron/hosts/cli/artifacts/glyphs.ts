// Text as outlines, from the font that the window uses: pictures look alike where no font is installed.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { OutlineFont } from './opentype.ts';
import { parseFont } from './opentype.ts';

const SUBSETS = ['latin', 'latin-ext', 'greek', 'cyrillic', 'vietnamese'];
let fonts: OutlineFont[] | null = null;

/** Inter's subsets, read on first use. */
function loadFonts(): OutlineFont[] {
  const require = createRequire(import.meta.url);
  return SUBSETS.map((subset) => {
    const bytes = readFileSync(
      require.resolve(`@fontsource/inter/files/inter-${subset}-600-normal.woff`),
    );
    return parseFont(bytes);
  });
}

export interface OutlinedText {
  /** SVG path data with its baseline at y. */
  readonly path: string;
  readonly widthPx: number;
}

/** Outlines of `text` at (x, baseline y); letters that the font lacks become a hollow box. */
export function outlineText(text: string, x: number, y: number, sizePx: number): OutlinedText {
  fonts ??= loadFonts();
  let path = '';
  let pen = x;
  for (const letter of text) {
    const font = fonts.find((candidate) => candidate.charToGlyphIndex(letter) > 0);
    if (!font) {
      const side = sizePx * 0.6;
      path += `M${pen} ${y}h${side}v${-side}h${-side}zM${pen + 1} ${y - 1}v${2 - side}h${side - 2}v${side - 2}z`;
      pen += side + 2;
      continue;
    }
    const glyph = font.charToGlyph(letter);
    path += glyph.getPath(pen, y, sizePx).toPathData(2);
    pen += (glyph.advanceWidth / font.unitsPerEm) * sizePx;
  }
  return { path, widthPx: pen - x };
}
