// Which colour is which class in colour masks: labelmap.txt of CVAT and Datumaro, class_dict.csv,
// label_colors.txt, palette files and JSON tables, in the forms in which they are passed around.
import { AppError } from '../../../api/errors.ts';
import type { Json } from '../../../api/types.ts';
import { parseJson } from '../json.ts';
import { isFiniteNumber } from './areas.ts';
import { objectOf, textOf } from './jsonFile.ts';

export interface ColourClass {
  readonly name: string;
  /** 0xRRGGBB */
  readonly colour: number;
  /** Pixel value in masks of class numbers. */
  readonly index: number;
}

/** File names that such tables have. */
export const COLOUR_TABLE =
  /^(labelmap|label_?colou?rs?|class_(dict|colou?rs?)|palette|colou?rs?|colou?r_?map|classes)\.(txt|csv|json)$/i;
/** A name and a colour; beyond this a line is something else. */
const MAX_LINE = 1000;
/** Pixels that nobody labelled; not a class. */
const NOT_LABELLED = /^_*(background|bg|void|unlabell?ed|ignored?)_*$/i;
export const isNotLabelled = (name: string): boolean => NOT_LABELLED.test(name);

const VOC_NAMES =
  'background,aeroplane,bicycle,bird,boat,bottle,bus,car,cat,chair,cow,diningtable,dog,horse,motorbike,person,pottedplant,sheep,sofa,train,tvmonitor';

/** The 20 classes of Pascal VOC in its own palette, for folders that bring no table. */
export function vocClasses(palette: Uint8Array): ColourClass[] {
  return VOC_NAMES.split(',').map((name, index) => ({
    name,
    index,
    colour: rgb(palette[3 * index]!, palette[3 * index + 1]!, palette[3 * index + 2]!),
  }));
}

export const rgb = (red: number, green: number, blue: number): number =>
  (red << 16) | (green << 8) | blue;

export const hex = (colour: number): string => `#${colour.toString(16).padStart(6, '0')}`;

/** Whether a file of such a name has colours in it: classes.txt of YOLO has none. */
export const looksLikeColourTable = (text: string): boolean =>
  /^\s*[[{]/.test(text)
    ? /"colou?r"\s*:|:\s*\[\s*\d+\s*,\s*\d+\s*,\s*\d+\s*\]/.test(text)
    : text.split(/\r?\n/).some((line) => classOfLine(line) !== null);

/** Null for a table without colours. Throws IMPORT_INVALID naming the line that is wrong. */
export function parseColourTable(text: string, path: string): ColourClass[] | null {
  const classes = /^\s*[[{]/.test(text) ? fromJson(text, path) : fromLines(text, path);
  const names = new Map<number, string>();
  for (const { colour, name } of classes) {
    const before = names.get(colour);
    if (before !== undefined && before !== name)
      throw new AppError(
        'IMPORT_INVALID',
        `${hex(colour)} is the colour of ${JSON.stringify(before)} and of ${JSON.stringify(name)}; give one of them another: ${path}`,
      );
    names.set(colour, name);
  }
  return classes.length > 0 ? classes : null;
}

/** `name:r,g,b::`, `name,r,g,b`, `r g b name`, `name #rrggbb`; a first line of headings is passed over. */
function fromLines(text: string, path: string): ColourClass[] {
  const classes: ColourClass[] = [];
  const lines = text.split(/\r?\n/);
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '' || /^\s*(#(?![0-9a-f]{6}\b)|\/\/)/i.test(line)) continue;
    const found = classOfLine(line);
    if (found) classes.push({ ...found, index: classes.length });
    else if (classes.length > 0)
      throw new AppError(
        'IMPORT_INVALID',
        `line ${i + 1} is ${JSON.stringify(line.slice(0, 60))}; expected a name and a colour like cat:128,0,0:: : ${path}`,
      );
  }
  return classes;
}

function classOfLine(line: string): { name: string; colour: number } | null {
  if (line.length > MAX_LINE) return null;
  const number = String.raw`(25[0-5]|2[0-4]\d|1\d\d|\d{1,2})`;
  const triple = `${number}[\\s,;]+${number}[\\s,;]+${number}`;
  const after = new RegExp(`^\\s*"?([^"]*?)"?\\s*[:,;\\t ]\\s*${triple}\\s*(?:[:,;].*)?$`).exec(
    line,
  );
  if (after?.[1]) return { name: after[1].trim(), colour: rgbOf(after.slice(2)) };
  const before = new RegExp(`^\\s*${triple}[\\s,;:]+"?([^"]+?)"?\\s*$`).exec(line);
  if (before?.[4]) return { name: before[4], colour: rgbOf(before.slice(1)) };
  const named = /^\s*"?([^"]+?)"?[\s,;:]+#([0-9a-f]{6})\s*$/i.exec(line);
  return named ? { name: named[1]!, colour: Number.parseInt(named[2]!, 16) } : null;
}

const rgbOf = ([red, green, blue]: readonly string[]) =>
  rgb(Number(red), Number(green), Number(blue));

/** `{"cat": [128, 0, 0]}`, or a list of `{"name", "color"}`, also under "classes". */
function fromJson(text: string, path: string): ColourClass[] {
  const parsed = parseJson(text);
  if ('fault' in parsed) throw new AppError('IMPORT_INVALID', `${parsed.fault}: ${path}`);
  const root = objectOf(parsed.value);
  const list = Array.isArray(parsed.value) ? parsed.value : root?.['classes'];
  if (!Array.isArray(list))
    return Object.entries(root ?? {}).flatMap(([name, value], index) => {
      const colour = colourOf(value);
      return colour === null ? [] : [{ name, colour, index }];
    });
  return list.flatMap((value: Json, i) => {
    const one = objectOf(value);
    const name = textOf(one?.['name']) ?? textOf(one?.['title']);
    const colour = colourOf(one?.['color'] ?? one?.['colour']);
    const index = one?.['index'];
    return name === null || colour === null
      ? []
      : [{ name, colour, index: isFiniteNumber(index) ? index : i }];
  });
}

function colourOf(value: Json | undefined): number | null {
  if (typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value))
    return Number.parseInt(value.slice(1), 16);
  if (!Array.isArray(value) || value.length < 3) return null;
  const parts = value.slice(0, 3);
  return parts.every((n) => isFiniteNumber(n) && Number.isInteger(n) && n >= 0 && n <= 255)
    ? rgb(parts[0] as number, parts[1] as number, parts[2] as number)
    : null;
}
