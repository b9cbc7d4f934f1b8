// What an import says of labels that it left out or changed.
import { importWords } from '../../../../../electron/api/said/importWords.ts';
import { count } from '../../plural.ts';

export const importing = {
  reasons: importWords,
  /** A repair that was made in many places. */
  same: (said: string, more: number) => `${said} (the same in ${count(more)} more)`,
};
