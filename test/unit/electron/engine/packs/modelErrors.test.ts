// Failures of models as the page is told of them: what was found and the way out, where each is known.
import { expect, it } from 'vitest';
import { translated } from '../../../../../electron/engine/packs/modelErrors.ts';
import { ModelError } from '../../../../../models/errors.ts';

it.each([{}, { found: 'two' }, { fix: 'Take one.' }, { found: 'two', fix: 'Take one.' }])(
  'says %j',
  async (known) => {
    const error = new ModelError('PACK_INVALID', { expected: 'one', ...known });
    await expect(translated(() => Promise.reject(error))).rejects.toMatchObject({
      cause: error,
      message: error.message,
      data: known,
    });
    const told = await translated(() => Promise.reject(error)).catch((one: unknown) => one);
    expect((told as { data: unknown }).data).toEqual(known);
  },
);
