// The little that is used of opentype.js, which ships no types.
import { createRequire } from 'node:module';

export interface OutlineFont {
  readonly unitsPerEm: number;
  charToGlyphIndex(letter: string): number;
  charToGlyph(letter: string): {
    readonly advanceWidth: number;
    getPath(x: number, y: number, sizePx: number): { toPathData(decimals: number): string };
  };
}

const opentype = createRequire(import.meta.url)('opentype.js') as {
  parse(buffer: ArrayBuffer): OutlineFont;
};

/** Parses WOFF or OpenType bytes. */
export function parseFont(bytes: Uint8Array): OutlineFont {
  return opentype.parse(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
  );
}
