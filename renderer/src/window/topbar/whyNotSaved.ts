// Why a change is not on the disk, as a sentence.
import { AppError } from '../../../../electron/api/errors.ts';
import { explain } from '../../text/explain.ts';
import { text } from '../../text/text.ts';

export function whyNotSaved(problem: unknown): string {
  // A conflict that stays here is none with another window: nothing in the project moved on.
  const isStuck = problem instanceof AppError && problem.code === 'DOC_CONFLICT';
  return isStuck ? text.topbar.trouble.stuck : explain(problem);
}
