// What kind of image some bytes are, by their first bytes; a file's extension may lie.

export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'tiff' | 'gif' | 'avif' | 'bmp';

/** The format, or null for anything that is not decoded here (SVG, HEIC, PDF, text, ...). */
export function sniffFormat(bytes: Uint8Array): ImageFormat | null {
  const text = (from: number, to: number): string =>
    String.fromCharCode(...bytes.subarray(from, to));
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp';
  // 42 = TIFF, 43 = BigTIFF.
  if (/^(II[*+]\0|MM\0[*+])/.test(text(0, 4))) return 'tiff';
  if (/^GIF8[79]a/.test(text(0, 6))) return 'gif';
  if (text(4, 8) === 'ftyp' && /avif|avis/.test(text(8, Math.min(64, bytes.length)))) return 'avif';
  if (text(0, 2) === 'BM') return 'bmp';
  return null;
}
