// What is wrong with the words of a call.

/** A mistake in the call itself: one sentence, no stack, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
