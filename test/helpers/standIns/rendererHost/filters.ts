// Filters of the small engine: the words that the page's tests use, over what it keeps in memory.
import { parseFilter, soundTerms, type Meaning } from '../../../../electron/api/filter/grammar.ts';
import type { Output } from '../../../../electron/api/methods.ts';
import type { Annotation, ImageRecord } from '../../../../electron/api/types.ts';
import type { HostState, Typed } from './state.ts';

/** Whether an image fits; words about objects ask one and the same object. */
export function fitsWords(state: HostState, image: ImageRecord, words: string): boolean {
  const objects = [...(state.documents.get(image.id)?.values() ?? [])];
  const ofObject = (meaning: Meaning) =>
    'word' in meaning && ['class', 'match', 'margin'].includes(meaning.word);
  const terms = soundTerms(parseFilter(words));
  const asked = terms.filter(({ not, meaning }) => !not && ofObject(meaning));
  const isAny =
    asked.length === 0 ||
    objects.some((one) => asked.every(({ meaning }) => fitsObject(state, one, meaning)));
  return (
    isAny &&
    terms
      .filter((term) => !asked.includes(term))
      .every(({ not, meaning }) => {
        const fits = ofObject(meaning)
          ? objects.some((one) => fitsObject(state, one, meaning))
          : fitsImage(image, meaning);
        return fits !== not;
      })
  );
}

function fitsObject({ categories }: HostState, one: Annotation, meaning: Meaning): boolean {
  if (meaning.kind === 'text') {
    const name = categories.find(({ id }) => id === one.categoryId)?.name.toLowerCase() ?? '';
    return name.includes(meaning.text.toLowerCase());
  }
  if (meaning.kind !== 'bounds') return false;
  const value = meaning.word === 'match' ? one.match : one.margin;
  const { from, to, above, below } = meaning.bounds;
  if (value === null) return false;
  const isOver = from === null || value > from || (!above && value === from);
  return isOver && (to === null || value < to || (!below && value === to));
}

function fitsImage(image: ImageRecord, meaning: Meaning): boolean {
  switch (meaning.kind) {
    case 'text':
      return image.name.toLowerCase().includes(meaning.text.toLowerCase());
    case 'pattern':
      return new RegExp(meaning.pattern, 'iu').test(image.name);
    case 'places':
      return image.id >= meaning.from && image.id <= meaning.to;
    case 'choice':
      if (meaning.word === 'status') return image.status === meaning.choice;
      if (meaning.choice === 'doubtful') return image.doubtful > 0;
      if (meaning.choice === 'nothing') return image.foundNothing;
      if (meaning.choice === 'problem') return image.problem !== null;
      return meaning.choice === 'reviewed' && image.status === 'reviewed';
    default:
      throw new Error(`the small engine does not know ${JSON.stringify(meaning)}`);
  }
}

export function filterHandlers(
  state: HostState,
  told: {
    readonly summary: () => Output<'project.summary'>;
    readonly changed: () => void;
  },
): Pick<Typed, 'image.counts' | 'project.setFilters'> {
  return {
    'image.counts': ({ filters }) => ({
      counts: filters.map(
        (words) => state.images.filter((image) => fitsWords(state, image, words)).length,
      ),
    }),
    'project.setFilters': ({ filters }) => {
      state.filters = filters;
      told.changed();
      return told.summary();
    },
  };
}
