// Which image a name in somebody's label file means. Names from files are compared with those of the
// images that are there and never opened, so absolute paths, `..` and addresses do no harm.

/** What a label file says about its image, in the order in which it is believed. */
export interface WantedImage {
  /** Names with an ending: `images/a.png`, `C:\data\a.png`, `https://host/a.png`. */
  readonly paths: readonly string[];
  /** Names without an ending, best first: of the label file itself, where images lie beside it. */
  readonly stems: readonly string[];
}

export type FoundImage =
  | {
      readonly kind: 'one';
      readonly name: string;
      /** 0 = the very name; larger = a weaker likeness. */
      readonly rank: number;
      /** Folders of the two names differ, or only the label file's own name fits. */
      readonly isGuess: boolean;
    }
  | { readonly kind: 'several'; readonly names: readonly string[] }
  | { readonly kind: 'none' };

/** Letters of a path: more than any disk takes. */
const MOST_LETTERS = 4096;

/** The end of a name from a file, which tells most: a name without end costs no more than a long one. */
export const endOf = (text: string): string => text.slice(-MOST_LETTERS);

/** From the strictest likeness of two names to the loosest. */
const FORMS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.normalize('NFC'),
  (text) => text.normalize('NFC').toLowerCase().normalize('NFC'),
];

interface Known {
  readonly name: string;
  readonly parts: readonly string[];
}

type Index = ReadonlyMap<string, readonly Known[]>;

/** The names of the images that are there, ready to be asked. */
export class ImageNames {
  readonly #names: readonly string[];
  readonly #exact: ReadonlySet<string>;
  /** By form: last part of the name, and the same without its ending. Made when first needed. */
  readonly #byBase: Index[] = [];
  readonly #byStem: Index[] = [];

  constructor(names: readonly string[]) {
    this.#names = names;
    this.#exact = new Set(names);
  }

  get count(): number {
    return this.#names.length;
  }

  has(name: string): boolean {
    return this.#exact.has(name);
  }

  /** Path first, then trailing parts, the bare name, the label file's own name, names without ending. */
  find(wanted: WantedImage): FoundImage {
    const paths = wanted.paths.map(endOf);
    const stems = wanted.stems.map(endOf);
    const written = paths.find((path) => this.#exact.has(path));
    if (written !== undefined) return { kind: 'one', name: written, rank: 0, isGuess: false };
    const whole = paths.map(partsOf).filter((parts) => parts.length > 0);
    const own = stems.map(partsOf);
    const bare = whole.map(withoutEnding);
    let several: readonly string[] | null = null;
    let rank = 0;
    for (const [some, isStem, isOther] of [
      [whole, false, false],
      [own, true, whole.length > 0],
      [bare, true, true],
    ] as const)
      for (const level of ['path', 'tail', 'base'] as const)
        for (const form of FORMS.keys()) {
          rank++;
          const found = this.#among(some, isStem, level, form);
          if (found.length === 0) continue;
          const [only] = found;
          if (found.length === 1 && (several === null || several.includes(only!.name)))
            return { kind: 'one', name: only!.name, rank, isGuess: isOther || only!.differs };
          several ??= found.map(({ name }) => name);
        }
    return several === null ? { kind: 'none' } : { kind: 'several', names: several };
  }

  /** Images that are alike to the first wanted name that any is alike to. */
  #among(
    wanted: readonly (readonly string[])[],
    isStem: boolean,
    level: 'path' | 'tail' | 'base',
    form: number,
  ): { name: string; differs: boolean }[] {
    const index = this.#index(isStem, form);
    for (const one of wanted) {
      const parts = one.map(FORMS[form]!);
      const scored = (index.get(parts.at(-1)!) ?? []).map((known) => ({
        known,
        shared: sharedTail(parts, known.parts),
      }));
      const best = Math.max(0, ...scored.map(({ shared }) => shared));
      const fits = scored.filter(({ known, shared }) =>
        level === 'path'
          ? shared === parts.length && shared === known.parts.length
          : shared === best && (level === 'tail' ? shared > 1 : shared === 1),
      );
      if (fits.length > 0)
        return fits.map(({ known, shared }) => ({
          name: known.name,
          differs: shared < Math.min(parts.length, known.parts.length),
        }));
    }
    return [];
  }

  #index(isStem: boolean, form: number): Index {
    const made = isStem ? this.#byStem : this.#byBase;
    return (made[form] ??= indexOf(this.#names, isStem, FORMS[form]!));
  }
}

function indexOf(names: readonly string[], isStem: boolean, form: (text: string) => string): Index {
  const index = new Map<string, Known[]>();
  for (const name of names) {
    const whole = name.replaceAll('\\', '/').split('/').map(form);
    const parts = isStem ? withoutEnding(whole) : whole;
    const key = parts.at(-1)!;
    const list = index.get(key);
    if (list) list.push({ name, parts });
    else index.set(key, [{ name, parts }]);
  }
  return index;
}

/** `C:\data\..\x\a.png`, `https://host/x/a.png?y` and `./x/a.png` as their parts, most telling last. */
function partsOf(path: string): string[] {
  const address = /^[a-z][a-z0-9+.-]*:\/\/[^/]*\//i.exec(path)?.[0];
  const local = address ? fromAddress(path.slice(address.length)) : path;
  const parts: string[] = [];
  for (const part of local.replace(/^[a-z]:(?=[\\/])/i, '').split(/[\\/]+/)) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts;
}

function fromAddress(text: string): string {
  const bare = text.replace(/[?#].*$/s, '');
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}

function withoutEnding(parts: readonly string[]): string[] {
  const last = parts.at(-1)!;
  const dot = last.lastIndexOf('.');
  return dot > 0 ? [...parts.slice(0, -1), last.slice(0, dot)] : [...parts];
}

function sharedTail(a: readonly string[], b: readonly string[]): number {
  const most = Math.min(a.length, b.length);
  let shared = 0;
  while (shared < most && a[a.length - 1 - shared] === b[b.length - 1 - shared]) shared++;
  return shared;
}
