// JSON as the world writes it: bounded in depth, with the NaN and Infinity of Python and with whole
// numbers that a double would round. Both become marked values, so that each field decides for itself.
import type { Json } from '../../api/types.ts';
import { decodeText } from './text.ts';

/** The key of a number that JSON.parse cannot give: its text as it stood in the file. */
const RAW = 'salience:number';
const MAX_DEPTH = 64;
/** Cheap to ask of any text; most hold none of these. */
const ODD_NUMBERS = /NaN|Infinity|\d{16}/;
const WRITTEN_RAW = /\{"salience:number":"(-?\d+|-?Infinity|NaN)"\}/g;

export type ParsedJson = { readonly value: Json } | { readonly fault: string };

/** Parses a whole text. `isShallow` is for text whose depth was bounded while it was cut out of a file. */
export function parseJson(text: string, isShallow = false): ParsedJson {
  const odd = ODD_NUMBERS.test(text);
  let plain = text;
  if (odd || !isShallow) {
    const scanned = withMarkedNumbers(text);
    if (scanned === null) return { fault: `is nested deeper than ${MAX_DEPTH} levels` };
    plain = scanned;
  }
  try {
    return { value: JSON.parse(plain) as Json };
  } catch (error) {
    return { fault: `is not valid JSON${placeOf(error, plain)}` };
  }
}

/** Parses the bytes of a file. */
export function parseJsonBytes(bytes: Uint8Array): ParsedJson {
  const decoded = decodeText(bytes);
  return 'fault' in decoded ? decoded : parseJson(decoded.text);
}

/** The text of a marked number (`12345678901234567890`, `NaN`), or null for any other value. */
export function rawNumber(value: Json | undefined): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const raw = (value as { readonly [key: string]: Json })[RAW];
  return typeof raw === 'string' ? raw : null;
}

/** True for NaN and Infinity, which JSON has no place for. */
export function isNoNumber(value: Json | undefined): boolean {
  return /N|I/.test(rawNumber(value) ?? '');
}

/** JSON text in which marked whole numbers stand as they stood in the file; NaN and Infinity become null. */
export function jsonText(value: Json | object): string {
  // Inside a text of the data the quotes would be escaped: only marks look like this.
  return JSON.stringify(value).replace(WRITTEN_RAW, (_, raw: string) =>
    /N|I/.test(raw) ? 'null' : raw,
  );
}

/** The text with odd numbers marked, or null when it is nested too deep. Strings are skipped whole. */
function withMarkedNumbers(text: string): string | null {
  const pieces: string[] = [];
  let kept = 0;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) i = stringEnd(text, i);
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > MAX_DEPTH) return null;
    } else if (code === 0x5d || code === 0x7d) depth--;
    else if (isNumberStart(code)) {
      const end = tokenEnd(text, i);
      const token = text.slice(i, end);
      if (isOdd(token)) {
        pieces.push(text.slice(kept, i), `{"${RAW}":"${token}"}`);
        kept = end;
      }
      i = end - 1;
    }
  }
  if (kept === 0) return text;
  pieces.push(text.slice(kept));
  return pieces.join('');
}

/** Where the string that opens at `start` has its closing quote. */
function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}

const isDigit = (code: number) => code >= 0x30 && code <= 0x39;
/** A digit, a minus, or the first letter of NaN and Infinity. */
const isNumberStart = (code: number) =>
  isDigit(code) || code === 0x2d || code === 0x4e || code === 0x49;

function tokenEnd(text: string, start: number): number {
  let end = start + 1;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    const letter = code | 0x20;
    const isPart =
      isDigit(code) ||
      code === 0x2b ||
      code === 0x2d ||
      code === 0x2e ||
      (letter >= 0x61 && letter <= 0x7a);
    if (!isPart) break;
  }
  return end;
}

function isOdd(token: string): boolean {
  if (token === 'NaN' || token === 'Infinity' || token === '-Infinity') return true;
  return token.length > 15 && /^-?[1-9]\d*$/.test(token) && String(Number(token)) !== token;
}

/** " (line 3)" or " (found 'x')", as far as JSON.parse says where it stopped. */
function placeOf(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : '';
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined)
    return ` (line ${text.slice(0, Number(position)).split('\n').length})`;
  const token = /^Unexpected token '(.)'/su.exec(message)?.[1];
  return token === undefined ? '' : ` (found ${JSON.stringify(token)})`;
}
