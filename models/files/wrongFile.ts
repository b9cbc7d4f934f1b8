// Recognises what often lies in place of a model file: a Git LFS pointer, a web page, JSON that Python wrote
// with Infinity in it. The message then says what to do instead of what failed to parse.
import type { ModelErrorParts } from '../errors.ts';
import type { RegularFile } from './openRegular.ts';
import { whatItIs } from './whatItIs.ts';

const HEAD_BYTES = 4096;
const STRING = /"(?:[^"\\\n]|\\.)*"/g;
/** As Python's json writes them. */
const NO_NUMBER = /[:[,]\s*(-?Infinity|NaN)\s*[,\]}]/;

type Found = Pick<ModelErrorParts, 'found' | 'fix'>;

/** The open file in words, or `otherwise` where it is not known. */
export async function foundInstead(open: RegularFile, otherwise: Found): Promise<Found> {
  const head = await open.read(0, Math.min(HEAD_BYTES, open.size), 'the first bytes');
  const kind = whatItIs(head);
  return kind ? { found: kind.what, fix: capital(kind.fix) } : otherwise;
}

/** Words for a text that is not JSON. */
export function foundInsteadOfJson(text: string): Found {
  const plain = text.replace(STRING, '""');
  const number = NO_NUMBER.exec(plain);
  if (number)
    return {
      found: `${number[1]!} in line ${plain.slice(0, number.index).split('\n').length}, which JSON has no number for`,
      fix: 'Put null or a number in its place',
    };
  const kind = /^\s*[{[]/.test(text) ? null : whatItIs(Buffer.from(text.slice(0, HEAD_BYTES)));
  return kind ? { found: kind.what, fix: capital(kind.fix) } : { found: 'other text' };
}

const capital = (order: string) => order.charAt(0).toUpperCase() + order.slice(1);
