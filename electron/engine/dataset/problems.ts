// A list of problems that stays small however broken the input is: the first ones in full, all counted,
// and repairs of one kind told once.
import { AppError } from '../../api/errors.ts';
import { importEnglish, type ImportReason } from '../../api/said/importWords.ts';
import type { Problem } from './types.ts';
import { counted } from '../../link/words/counted.ts';

const MAX_KEPT = 1000;

export class Problems {
  readonly kept: Problem[] = [];
  /** Broken items: they stop an import that was not told to go on without them. */
  skipped = 0;
  /** Sound labels without a place here; the rest goes on. */
  leftOut = 0;
  repaired = 0;
  /** How often a repair of each kind was made; its first place stands in `kept`. */
  readonly #repairs = new Map<string, { first: Problem; count: number }>();

  skip(path: string, why: ImportReason | string): null {
    this.skipped++;
    this.#keep({ path, ...saidOf(why), effect: 'skipped' });
    return null;
  }

  /** A label that is sound but belongs to nothing that is here. */
  leaveOut(path: string, why: ImportReason | string): null {
    this.leftOut++;
    this.#keep({ path, ...saidOf(why), effect: 'skipped' });
    return null;
  }

  repair(path: string, why: ImportReason | string): void {
    this.repaired++;
    const said = saidOf(why);
    const kind = `${fieldOf(path)} ${said.message}`;
    const known = this.#repairs.get(kind);
    if (known) {
      known.count++;
      return;
    }
    const first: Problem = { path, ...said, effect: 'repaired' };
    if (this.#repairs.size < MAX_KEPT) this.#repairs.set(kind, { first, count: 1 });
    this.#keep(first);
  }

  /** The problems as people read them: a repair that was made in many places says in how many. */
  told(): Problem[] {
    const counts = new Map([...this.#repairs.values()].map(({ first, count }) => [first, count]));
    return this.kept.map((problem) => {
      const count = counts.get(problem) ?? 1;
      if (count === 1) return problem;
      const message = `${problem.message} (the same in ${count - 1} more)`;
      return { ...problem, message, more: count - 1 };
    });
  }

  #keep(problem: Problem): void {
    if (this.kept.length < MAX_KEPT) this.kept.push(problem);
  }

  /** Throws IMPORT_INVALID listing the problems when anything broken had to be skipped. */
  refuseSkipped(file: string, sound: number | null = null): void {
    if (this.skipped === 0) return;
    const lost = this.kept.filter((p) => p.effect === 'skipped');
    const groups = Map.groupBy(lost, ({ path, message }) =>
      path.includes('$') ? `${fieldOf(path)} ${message}` : `${path} ${message}`,
    );
    const lines = [...groups.values()].slice(0, 20);
    const shownOnes = lines.reduce((sum, same) => sum + same.length, 0);
    const more = this.skipped + this.leftOut - shownOnes;
    const rest =
      sound === null ? 'what is sound' : `the ${sound} that ${sound === 1 ? 'is' : 'are'} sound`;
    throw new AppError(
      'IMPORT_INVALID',
      `${counted(this.skipped, 'item')} cannot be read; nothing was imported. ` +
        `Repair the file, or import ${rest}.\n` +
        lines.map((same) => lineOf(same)).join('\n') +
        (more > 0 ? `\n  and ${more} more` : '') +
        `\n${file}`,
      { data: { problems: this.kept.map(({ path, message }) => ({ path, message })) } },
    );
  }
}

const saidOf = (why: ImportReason | string): Pick<Problem, 'message' | 'why'> =>
  typeof why === 'string' ? { message: why } : { message: importEnglish(why), why };

/** The field that a JSON path ends in, whatever the record: `$.annotations[12].area` and `[13]` are one kind. */
function fieldOf(path: string): string {
  const json = path.indexOf('$');
  return json < 0 ? '' : path.slice(json).replace(/\[\d+\]/g, '[]');
}

/** One line for items with the same fault. */
function lineOf([first, ...others]: readonly Problem[]): string {
  const more = others.length > 0 ? ` (${others.length + 1} such items)` : '';
  return `  ${first!.path}: ${first!.message}${more}`;
}
