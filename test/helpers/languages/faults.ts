// What is wrong with a translation beside English: sentences left out, left in English, without a fact that
// English tells, with another term than the glossary's, or with another sign of percent.
import type { Terms } from './glossary.ts';
import { sentencesOf, stringsIn, tell, tellingsOf, type Said } from './said.ts';

const kindOf = (said: Said | undefined) =>
  Array.isArray(said) ? `${said.length} parts` : typeof said;

/** Names that only one of both has, or that stand for different things. */
export function shapeFaults(english: object, other: object): string[] {
  const [mine, theirs] = [sentencesOf(english), sentencesOf(other)];
  return [...new Set([...mine.keys(), ...theirs.keys()])]
    .filter((path) => kindOf(mine.get(path)) !== kindOf(theirs.get(path)))
    .map((path) => `${path}: ${kindOf(mine.get(path))}, here ${kindOf(theirs.get(path))}`);
}

/** Sentences that do not tell what English tells of the same facts. */
export function factFaults(english: object, other: object): string[] {
  const theirs = sentencesOf(other);
  return [...sentencesOf(english)].flatMap(([path, sentence]) => {
    if (typeof sentence !== 'function') return [];
    let understood = 0;
    for (const { facts, said, marks } of tellingsOf(sentence)) {
      const answer = tell(theirs.get(path) ?? '', facts);
      if (answer === null) continue;
      understood += 1;
      const lost = marks.find((mark) => !answer.includes(mark));
      if (lost !== undefined) return [`${path}: “${answer}” lacks ${lost} of “${said}”`];
    }
    return understood === 0 ? [`${path}: nothing it says could be compared`] : [];
  });
}

/** Letters of a sentence without facts, numbers and units. */
const wordsOf = (said: string) =>
  said
    .replace(/Q[a-h]\w*/g, ' ')
    .replace(/[^\p{L}]+/gu, ' ')
    .replace(/(?<!\p{L})(?:px|ms|s|min|h|KB|MB|GB)(?!\p{L})/gu, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .toLowerCase();

/** Sentences that are still English; `same` lists words that are the same in both languages. */
export function englishLeft(english: object, other: object, same: readonly string[]): string[] {
  const known = new Set(same.map(wordsOf));
  const theirs = sentencesOf(other);
  return [...sentencesOf(english)].flatMap(([path, sentence]) => {
    const translated = theirs.get(path) ?? '';
    const pairs =
      typeof sentence === 'function'
        ? [...tellingsOf(sentence)]
            // A fact that is shown as it comes has no words.
            .filter(({ facts, said }) => !facts.some((fact) => tell(fact as Said, []) === said))
            .map(({ facts, said }) => [said, tell(translated, facts)])
        : stringsIn(sentence).map((said, i) => [said, stringsIn(translated)[i]]);
    const left = pairs.find(
      ([said, there]) =>
        typeof there === 'string' &&
        wordsOf(said!).length > 1 &&
        wordsOf(said!) === wordsOf(there) &&
        !known.has(wordsOf(there)),
    );
    return left ? [`${path}: ${left[1]}`] : [];
  });
}

/** Share of the sentences with a term of the glossary that may say it otherwise. */
const FREE = 0.2;

/** Terms that are often worded otherwise than the glossary says. */
export function termFaults(english: object, other: object, terms: Terms): string[] {
  const theirs = sentencesOf(other);
  return Object.entries(terms).flatMap(([term, wanted]) => {
    const asked = new RegExp(`(?<!\\p{L})(?:${term})(?!\\p{L})`, 'iu');
    const pairs = [...sentencesOf(english)].flatMap(([path, sentence]) => {
      const [first] = tellingsOf(sentence);
      const there = first && tell(theirs.get(path) ?? '', first.facts);
      return first && typeof there === 'string' && asked.test(first.said) ? [{ path, there }] : [];
    });
    const missed = pairs.filter(({ there }) => !wanted.test(there));
    return missed.length > FREE * pairs.length
      ? missed.map(({ path, there }) => `${path}: “${there}” has no ${wanted} for ${term}`)
      : [];
  });
}

/**
 * Sentences where something else than `gap` stands between a number and the sign of percent. What is to be typed, as
 * `<5%`, is the same in every language.
 */
export function percentFaults(catalogue: object, gap: string): string[] {
  return [...sentencesOf(catalogue)].flatMap(([path, sentence]) => {
    const said =
      typeof sentence === 'function'
        ? [...tellingsOf(sentence)].map((telling) => telling.said)
        : stringsIn(sentence);
    const wrong = said.find((one) =>
      [...one.matchAll(/(?<![<>:=]\d*)(?<=[\dQa-h])(\s*)%/g)].some(([, found]) => found !== gap),
    );
    return wrong === undefined ? [] : [`${path}: ${wrong}`];
  });
}
