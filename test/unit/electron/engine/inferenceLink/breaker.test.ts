// A process that fails again and again is left alone for a while.
import { expect, it } from 'vitest';
import { createBreaker } from '../../../../../electron/engine/inferenceLink/breaker.ts';

it('opens with the third failure in a row, for so long and no longer', () => {
  let now = 1000;
  const breaker = createBreaker(60, () => now);
  expect([breaker.failed(), breaker.failed(), breaker.isOpen()]).toEqual([false, false, false]);
  breaker.answered();
  expect([breaker.failed(), breaker.failed()]).toEqual([false, false]);
  expect([breaker.failed(), breaker.failures(), breaker.isOpen()]).toEqual([true, 3, true]);
  now += 59;
  expect(breaker.isOpen()).toBe(true);
  now += 1;
  expect(breaker.isOpen()).toBe(false);
  // One more failure is enough now.
  expect([breaker.failed(), breaker.isOpen()]).toEqual([true, true]);
  breaker.close();
  expect([breaker.isOpen(), breaker.failures()]).toEqual([false, 0]);
});
