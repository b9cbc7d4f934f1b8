// Names a file that is not what was asked for, from its first bytes, and says what to do about it. Labels,
// images and model files share this one table.
import { other } from './kind.ts';
import type { Kind } from './kind.ts';
import { SIGNATURES } from './signatures.ts';
import { TEXT_KINDS } from './textKinds.ts';

/** Bytes that are looked at. Some text formats put a whole picture in front of the keys that tell them apart. */
export const HEAD_BYTES = 256 * 1024;

/** The kind of a file that begins with `head` (at most HEAD_BYTES are looked at), or null. */
export function whatItIs(head: Uint8Array): Kind | null {
  if (head.length === 0) return other('an empty file', 'copy or download it again');
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, HEAD_BYTES));
  const latin = bytes.toString('latin1');
  for (const { test, kind } of SIGNATURES)
    if (typeof test === 'string' ? latin.startsWith(test) : test(latin))
      return typeof kind === 'function' ? kind(latin) : kind;
  if (bytes.subarray(0, 64).every((byte) => byte === 0) && bytes.length >= 64)
    return other('a file that begins with zeros only; a copy was cut off', 'copy it again');
  const text = textOf(bytes);
  if (text === null) return null;
  return TEXT_KINDS.find(({ test }) => test(text))?.kind ?? null;
}

/** "a web page (...)", or the first bytes as text where nothing is known about them. */
export function describeFile(head: Uint8Array): {
  readonly what: string;
  readonly fix: string | null;
} {
  const kind = whatItIs(head);
  if (kind) return kind;
  const start = head.subarray(0, 24);
  const printable = start.every((byte) => byte >= 0x20 && byte < 0x7f);
  return printable
    ? {
        what: `text that begins with ${JSON.stringify(Buffer.from(start).toString('latin1'))}`,
        fix: null,
      }
    : { what: 'a kind of file that is not known here', fix: null };
}

/** The text without its byte order mark; null for bytes that text does not have. */
function textOf(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le').slice(1);
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  return text.includes('\0') ? null : text;
}
