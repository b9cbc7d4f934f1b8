// The ModelError that some work is expected to end with.
import { ModelError } from '../../models/errors.ts';

/** What `work` was refused with; another error is thrown on, and none is an error. */
export function modelFailure(work: () => unknown): ModelError {
  try {
    work();
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
