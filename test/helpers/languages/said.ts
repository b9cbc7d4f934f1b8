// What a catalogue says: its sentences by name, and what its functions say of facts that are told apart.

export type Said = string | readonly string[] | ((...facts: never[]) => unknown);

/** Every sentence with its name: `label.tools.undo`. */
export function sentencesOf(catalogue: object, name = ''): Map<string, Said> {
  const all = new Map<string, Said>();
  for (const [key, value] of Object.entries(catalogue)) {
    const path = name === '' ? key : `${name}.${key}`;
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      for (const [inner, said] of sentencesOf(value as object, path)) all.set(inner, said);
    else all.set(path, value as Said);
  }
  return all;
}

/** The strings of an answer, which may be parts of a sentence. */
export function stringsIn(answer: unknown): string[] {
  if (typeof answer === 'string') return [answer];
  if (typeof answer !== 'object' || answer === null) return [];
  return Object.values(answer).flatMap(stringsIn);
}

interface Fact {
  readonly value: unknown;
  /** How it looks in a sentence, without what parts thousands; null = it cannot be told. */
  readonly mark: string | null;
}

/** Facts of every kind for the parameter at this place; no two share a mark. */
function factsAt(place: number): Fact[] {
  const name = `Q${'abcdefgh'[place]}`;
  const large = 4321 + 1111 * place;
  const hundredths = 37 + 11 * place;
  const ofStrings = new Proxy({}, { get: (_, key) => `${name}${String(key)}` });
  const ofNumbers = new Proxy({}, { get: () => large });
  return [
    { value: name, mark: name },
    { value: large, mark: String(large) },
    { value: hundredths / 100, mark: String(hundredths) },
    { value: [`${name}x`, `${name}y`], mark: name },
    { value: [large, large], mark: String(large) },
    { value: ofStrings, mark: name },
    { value: ofNumbers, mark: String(large) },
    { value: null, mark: null },
    { value: true, mark: null },
    { value: false, mark: null },
  ];
}

export interface Telling {
  readonly facts: readonly unknown[];
  readonly said: string;
  readonly marks: readonly string[];
}

/** A number looks the same in every language once nothing parts its digits. */
const joined = (said: string) => said.replace(/(?<=\d)[.,\u00a0\u202f\u2019](?=\d)/g, '');
/** What is said of a fact of another kind than the parameter's. */
const MISUNDERSTOOD = /NaN|undefined|null|\[object|Invalid Date|true|false/;

/** What is said of these facts; null = they are not of the kinds that the sentence takes. */
export function tell(sentence: Said, facts: readonly unknown[]): string | null {
  if (typeof sentence !== 'function') return stringsIn(sentence).join('\n');
  try {
    const said = joined(stringsIn(sentence(...(facts as never[]))).join('\n'));
    return MISUNDERSTOOD.test(said) ? null : said;
  } catch {
    return null;
  }
}

/** Facts of a form of their own: only what is drawn from a list of reasons. */
const KEPT_EDGES: readonly Fact[] = ['disagrees', 'unsure', 'unstable', 'elsewhere', 'size'].map(
  (reason) => ({ value: { kind: 'kept', reason, value: 0.37, limit: 0.48 }, mark: '37' }),
);

const heard = new WeakMap<object, readonly Telling[]>();

/** Everything that a sentence says of facts it understands, with the marks that show. English is heard once. */
export function tellingsOf(sentence: Said): readonly Telling[] {
  if (typeof sentence !== 'function') return [...hear(sentence)];
  const known = heard.get(sentence) ?? [...hear(sentence)];
  heard.set(sentence, known);
  return known;
}

function* hear(sentence: Said): Generator<Telling> {
  const places = typeof sentence === 'function' ? Math.max(sentence.length, 1) : 0;
  const kinds = Array.from({ length: places }, (_, place) => [
    ...factsAt(place),
    ...(places === 1 ? KEPT_EDGES : []),
  ]);
  for (const facts of combinations(kinds)) {
    const values = facts.map(({ value }) => value);
    const said = tell(sentence, values);
    if (said === null) continue;
    const marks = facts.flatMap(({ mark }) => (mark !== null && said.includes(mark) ? [mark] : []));
    yield { facts: values, said, marks };
  }
}

function* combinations(kinds: readonly (readonly Fact[])[]): Generator<Fact[]> {
  const [first, ...rest] = kinds;
  if (first === undefined) return yield [];
  for (const fact of first) for (const more of combinations(rest)) yield [fact, ...more];
}
