// The one way from bytes to text for label, class and settings files: the byte order mark is dropped,
// UTF-16 with its mark is read, and what is no text is refused rather than filled with replacement signs.
import { FileFault, readDataFile } from './openFile.ts';

export type Decoded = { readonly text: string } | { readonly fault: string };

/** Class lists, tables and settings; beyond this a file is none of them. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** The text of a file's bytes, or why they are none. */
export function decodeText(bytes: Uint8Array): Decoded {
  const utf16 = markOfUtf16(bytes);
  let text: string;
  try {
    text = (utf16 ? new TextDecoder(utf16, { fatal: true }) : UTF8).decode(bytes);
  } catch (error) {
    // Another error reports a text too long for a string.
    if (!(error instanceof TypeError)) return { fault: 'is too long for a text' };
    return {
      fault: utf16
        ? 'begins like UTF-16 text but is not; save it as UTF-8'
        : `is not UTF-8 text (line ${badLine(bytes)}); save it as UTF-8`,
    };
  }
  if (text.includes('\0'))
    return {
      fault: 'holds NUL characters: it is no text, or UTF-16 without its mark; save it as UTF-8',
    };
  return { text };
}

/** The text of a small file. Throws FileFault. */
export async function readText(path: string, maxBytes = MAX_TEXT_BYTES): Promise<string> {
  const decoded = decodeText(await readDataFile(path, maxBytes));
  if ('fault' in decoded) throw new FileFault(decoded.fault, path);
  return decoded.text;
}

function markOfUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}

/** The line, from 1, of the first byte that is no UTF-8. */
function badLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end < 0 ? bytes.length : end + 1;
    try {
      UTF8.decode(bytes.subarray(start, stop));
    } catch {
      return line;
    }
    start = stop;
  }
  return line;
}
