import { expect, it } from 'vitest';
import { isWorkReason, workError } from '../../../../../electron/api/said/workWords.ts';

it('an error says its sentence in English, and brings what a window says it with', () => {
  const size = workError('IMAGE_DAMAGED', {
    code: 'otherSize',
    values: ['a.png', [8, 6], [16, 9]],
  });
  expect(size.message).toMatch(/^a\.png was 8 x 6 when it was labelled and is 16 x 9 now/);
  expect(size.data).toEqual({ why: { code: 'otherSize', values: ['a.png', [8, 6], [16, 9]] } });
});

it.each([
  [{ code: 'closed', values: [] }, true],
  [{ code: 'deadLink', values: ['a.png', '/b'] }, true],
  [{ code: 'deadLink', values: ['a.png'] }, false],
  [{ code: 'otherSize', values: ['a.png', [8, 6], [16, '9']] }, false],
  [{ code: 'otherSize', values: ['a.png', [8, 6], [16]] }, false],
  [{ code: 'of a later version', values: [] }, false],
  [null, false],
])('%j is a reason: %s', (why, is) => {
  expect(isWorkReason(why)).toBe(is);
});
