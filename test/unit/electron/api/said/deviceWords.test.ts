import { describe, expect, it } from 'vitest';
import { deviceWords, isDeviceReason } from '../../../../../electron/api/said/deviceWords.ts';
import { say } from '../../../../../electron/api/said/said.ts';

describe('why a device runs, or does not', () => {
  it.each([
    [{ code: 'untested', values: [] }, 'No device has been tested yet.'],
    [{ code: 'fastest', values: ['CUDA', 2] }, 'CUDA was chosen: fastest of 2 that passed.'],
    [{ code: 'differs', values: [1.2] }, "Its maps differ from the CPU's by 1.2 %."],
    [{ code: 'library', values: ['cuDNN', 'libcudnn.so.9'] }, /cuDNN library libcudnn\.so\.9/],
  ] as const)('%j is a reason', (why, sentence) => {
    expect(isDeviceReason(why)).toBe(true);
    expect(say(deviceWords, why)).toMatch(sentence);
  });

  it.each([
    null,
    'untested',
    { code: 'untested' },
    { code: 'unheard', values: [] },
    { code: 'toString', values: [] },
    { code: 'untested', values: ['one too many'] },
    { code: 'fastest', values: ['CUDA'] },
    { code: 'fastest', values: ['CUDA', '2'] },
    { code: 'differs', values: ['12'] },
    { code: 'differs', values: { length: 1, 0: 12 } },
  ])('%j is none', (why) => {
    expect(isDeviceReason(why)).toBe(false);
  });
});
