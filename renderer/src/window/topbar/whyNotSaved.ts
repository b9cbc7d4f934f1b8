// Why a change is not on the disk, as a sentence.
import { AppError } from '../../../../electron/api/errors.ts';
import { explain } from '../../text/explain.ts';
import { text } from '../../text/text.ts';

export function whyNotSaved(problem: unknown): string {
  // No other window changed the project, so this is not a conflict with one.
  const isStuck = problem instanceof AppError && problem.code === 'DOC_CONFLICT';
  return isStuck ? text.topbar.trouble.stuck : explain(problem);
}
