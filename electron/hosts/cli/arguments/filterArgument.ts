// `--filter "class:ball is:doubtful"`: the images of a project that fit, in the words of the window's filter. What the
// window would show in red ends the command: nobody sees there that a word was left out.
import { parseFilter } from '../../../api/filter/grammar.ts';
import type { Fault } from '../../../api/filter/grammar.ts';
import { WORD_IDS, WORDS } from '../../../api/filter/words.ts';
import type { ImageId } from '../../../api/types.ts';
import { listCategories } from '../../../engine/project/classes/categories.ts';
import { imageIds } from '../../../engine/project/images/images.ts';
import type { Store } from '../../../engine/project/database/store.ts';
import { UsageError } from './usageError.ts';

/** Throws UsageError for a word that cannot be understood, or a class that the project does not have. */
export function checkFilter(words: string): void {
  for (const { fault } of parseFilter(words))
    if (fault) throw new UsageError(`--filter: ${whyNot(fault)}`);
}

function whyNot(fault: Fault): string {
  if (fault.kind === 'pattern') return `the pattern stops at character ${fault.at}.`;
  if (fault.kind === 'beyond')
    return `character ${fault.at} of the pattern: filters know no look-ahead, look-behind or back reference.`;
  const word = WORDS[fault.word];
  const takes = {
    text: 'some text',
    field: 'the name of a field, alone or with a value, as in material=wood or tilt>4',
    choice: `one of ${'choices' in word ? word.choices.join(', ') : ''}`,
    share: 'a number from 0 to 1, as in <0.5',
    area: 'pixels or percent, as in >2000 or <5%',
    number: 'a number, as in >3 or 2-5',
    day: 'a day: today, yesterday, 2026-11-28',
  }[word.kind];
  return `${fault.word} takes ${takes}, not "${fault.written}". Words are ${WORD_IDS.join(', ')}.`;
}

/** Ids of the images that fit. Throws UsageError where none does, and says why where that is known. */
export function imagesThatFit(store: Store, words: string): ImageId[] {
  const names = listCategories(store).map(({ name }) => name);
  for (const { meaning } of parseFilter(words)) {
    if (meaning?.kind !== 'text' || meaning.word !== 'class') continue;
    const wanted = meaning.text.toLowerCase();
    if (!names.some((name) => name.toLowerCase().includes(wanted)))
      throw new UsageError(
        `--filter: no class is called ${meaning.text}. There are ${names.join(', ') || 'none'}.`,
      );
  }
  const ids = imageIds(store, { words });
  if (ids.length === 0) throw new UsageError(`No image fits --filter "${words}".`);
  return ids;
}
