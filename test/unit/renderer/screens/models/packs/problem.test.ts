// Why a download stopped, and what helps.
import { expect, it } from 'vitest';
import { AppError } from '../../../../../../electron/api/errors.ts';
import {
  messageOf,
  problemOf,
  waysRound,
} from '../../../../../../renderer/src/screens/models/packs/problem.ts';
import { text } from '../../../../../../renderer/src/text/text.ts';

it('is said in the words of the screen, a hub with what was found', () => {
  const far = new AppError('HUB_UNREACHABLE', '', { data: { found: 'no name' } });
  expect(problemOf(far)).toEqual({
    code: 'HUB_UNREACHABLE',
    message: text.models.unreachable('no name'),
  });
  const untrusted = new AppError('CERTIFICATE_UNTRUSTED', '', {
    data: { found: 'f', fix: 'do this' },
  });
  expect(problemOf(untrusted).message).toBe(text.models.untrusted('f', 'do this'));
  const invalid = problemOf(new AppError('MODEL_INVALID', 'It has no layers.'));
  expect(invalid.message.startsWith(text.models.notReadable)).toBe(true);
  expect(problemOf(new Error('x')).code).toBe('INTERNAL');
  // As they come without data.
  const full = new AppError('DISK_FULL', 'The disk is full.');
  expect(problemOf(full).message).toBe(text.models.problems['DISK_FULL'] ?? full.message);
  expect(problemOf(new AppError('HUB_UNREACHABLE', '')).message).toBe(text.models.unreachable(''));
});

it('a line that broke says how far it came, where anything came', () => {
  const broken = { code: 'NETWORK_FAILED', message: 'It ended.' };
  const pack = (receivedBytes: number, bytes: number) => ({ receivedBytes, bytes }) as never;
  expect(messageOf(broken, pack(50, 200))).toMatch(/25/);
  expect(messageOf(broken, pack(0, 200))).toBe('It ended.');
  expect(messageOf(broken, pack(50, 0))).toBe('It ended.');
  expect(messageOf({ ...broken, code: 'DISK_FULL' }, pack(50, 200))).toBe('It ended.');
});

it('ways round are offered where the hub cannot be reached', () => {
  const ways = { mirror: () => undefined, local: () => undefined };
  const problem = (code: string) => ({ code, message: '' });
  expect(waysRound(problem('HUB_UNREACHABLE'), ways).map(({ run }) => run)).toEqual([
    ...[ways.mirror, ways.local],
  ]);
  expect(waysRound(problem('DISK_FULL'), ways)).toEqual([]);
  expect(waysRound(null, ways)).toEqual([]);
});
