// The text side of YOLO data sets: label lines, and the class names of data.yaml or classes.txt.
import type { RleMask } from '../../../api/types.ts';
import { rasterizeRing } from '../../../masks/rasterize.ts';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const MAX_LINE_CHARACTERS = 16 * 1024 * 1024;
/** A little outside is rounding; far outside means pixels instead of shares. */
const MOST_SHARE = 1.5;

/** One object of a label file on an image of width x height px, or what is wrong with the line. */
export function parseYoloLine(
  line: string,
  width: number,
  height: number,
): { readonly classNumber: number; readonly mask: RleMask } | { readonly fault: string } {
  if (line.length > MAX_LINE_CHARACTERS) return { fault: 'is too long' };
  const words = line.trim().split(/\s+/);
  const bad = words.findIndex((word) => !NUMBER.test(word));
  if (bad >= 0) return { fault: `holds ${JSON.stringify(words[bad]!.slice(0, 40))}, no number` };
  const [classNumber, ...shares] = words.map(Number) as [number, ...number[]];
  if (!Number.isInteger(classNumber) || classNumber < 0)
    return { fault: `starts with ${classNumber}; expected a class number from 0` };
  if (shares.length === 4) return { fault: 'is a box, not an outline' };
  if (shares.length < 6 || shares.length % 2 === 1)
    return {
      fault: `has ${shares.length} coordinates; an outline has 6 or more, x and y by turns`,
    };
  const far = shares.find((share) => Math.abs(share) > MOST_SHARE);
  if (far !== undefined)
    return { fault: `holds ${far}; coordinates are shares of the image's sides, 0 to 1` };
  const ring = shares.map((share, i) => share * (i % 2 === 0 ? width : height));
  const mask = rasterizeRing(ring, width, height);
  return mask.counts.length < 2 ? { fault: 'covers no pixel' } : { classNumber, mask };
}

/**
 * Class names by number from the `names` of a data.yaml: a block of `0: name` or `- name` lines, or
 * `[a, b]` on one line. Null when there are none. This is no YAML reader, only what YOLO files use.
 */
export function parseNames(yaml: string): string[] | null {
  const lines = yaml.split(/\r?\n/);
  const start = lines.findIndex((line) => /^names\s*:/.test(line));
  if (start < 0) return null;
  const inline = lines[start]!.replace(/^names\s*:/, '').trim();
  if (inline.startsWith('[')) return inlineList(inline);
  const names: string[] = [];
  for (const line of lines.slice(start + 1)) {
    if (/^\s*(#.*)?$/.test(line)) continue;
    const item = /^\s*-\s+(.*)$/.exec(line);
    const entry = /^\s+['"]?(\d{1,5})['"]?\s*:\s*(.*)$/.exec(line);
    if (item) names.push(scalar(item[1]!));
    else if (entry) names[Number(entry[1])] = scalar(entry[2]!);
    else break;
  }
  return names.length === 0 ? null : Array.from(names, (name, i) => name ?? `class ${i}`);
}

function inlineList(text: string): string[] | null {
  const inside = /^\[(.*)\]\s*(#.*)?$/.exec(text)?.[1];
  if (inside === undefined) return null;
  const items = inside.match(/\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]+)/g) ?? [];
  return items.map((item) => scalar(item)).filter((name) => name !== '');
}

function scalar(text: string): string {
  const trimmed = text.trim();
  if (trimmed.startsWith('"')) {
    const quoted = /^"(?:[^"\\]|\\.)*"/.exec(trimmed)?.[0];
    try {
      if (quoted) return JSON.parse(quoted) as string;
    } catch {
      return quoted!.slice(1, -1);
    }
  }
  const single = /^'((?:[^']|'')*)'/.exec(trimmed)?.[1];
  if (single !== undefined) return single.replaceAll("''", "'");
  return trimmed.replace(/\s+#.*$/, '');
}
