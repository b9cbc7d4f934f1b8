// A list of problems that stays small however broken the input is: the first ones in full, all counted.
import { AppError } from '../../api/errors.ts';
import type { Problem } from './types.ts';

const MAX_KEPT = 1000;

export class Problems {
  readonly kept: Problem[] = [];
  skipped = 0;
  repaired = 0;

  skip(path: string, message: string): null {
    this.skipped++;
    this.#keep({ path, message, effect: 'skipped' });
    return null;
  }

  repair(path: string, message: string): void {
    this.repaired++;
    this.#keep({ path, message, effect: 'repaired' });
  }

  #keep(problem: Problem): void {
    if (this.kept.length < MAX_KEPT) this.kept.push(problem);
  }

  /** Throws IMPORT_INVALID listing the problems when anything had to be left out. */
  refuseSkipped(file: string): void {
    if (this.skipped === 0) return;
    const lines = this.kept.filter((p) => p.effect === 'skipped').slice(0, 20);
    const more = this.skipped - lines.length;
    throw new AppError(
      'IMPORT_INVALID',
      `${this.skipped} item${this.skipped === 1 ? '' : 's'} cannot be read; nothing was imported. ` +
        `Repair the file or import what is sound.\n` +
        lines.map((p) => `  ${p.path}: ${p.message}`).join('\n') +
        (more > 0 ? `\n  and ${more} more` : '') +
        `\n${file}`,
      { data: { problems: this.kept.map(({ path, message }) => ({ path, message })) } },
    );
  }
}
