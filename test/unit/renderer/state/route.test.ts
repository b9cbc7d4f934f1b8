// Screen and image in the address.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ImageId } from '../../../../electron/api/types.ts';
import { rememberRoute, routeImage, routeScreen } from '../../../../renderer/src/state/route.ts';

afterEach(() => void vi.unstubAllGlobals());

it.each([
  ['#/label/12', 'label', 12],
  ['#/review', 'review', null],
  ['#/label/0', 'label', null],
  ['#/label/1.5', 'label', null],
  ['#/label/-3', 'label', null],
  ['#/label/1', 'label', 1],
  ['#/elsewhere/7', null, 7],
  ['', null, null],
])('%s', (hash, screen, image) => {
  vi.stubGlobal('location', { hash });
  expect([routeScreen(), routeImage()]).toEqual([screen, image]);
});

describe('what is remembered', () => {
  it.each([
    [12, '#/label/12'],
    [null, '#/label'],
  ])('of image %s is %s', (image, address) => {
    const seen: unknown[] = [];
    vi.stubGlobal('history', { replaceState: (...all: unknown[]) => seen.push(all.at(-1)) });
    rememberRoute('label', image as ImageId | null);
    expect(seen).toEqual([address]);
  });
});
