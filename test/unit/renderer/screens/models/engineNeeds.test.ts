// Which models an engine uses or has to be fetched for it.
import { expect, test } from 'vitest';
import type { PackSummary } from '../../../../../electron/api/model.ts';
import { missingOf, needsOf } from '../../../../../renderer/src/screens/models/engineNeeds.ts';

const pack = (id: string, kind: 'itm' | 'clip', state: string, bytes: number) =>
  ({ id, kind, state, bytes, name: id, licence: 'MIT' }) as unknown as PackSummary;
const rounds = {
  needs: [
    { role: 'explain', kind: 'clip', optional: false },
    { role: 'judge', kind: 'clip', optional: true },
  ],
} as const;

const shown = (packs: readonly PackSummary[]) =>
  needsOf(rounds, packs).map(({ role, pack: one }) => [role, one?.id ?? null]);

test('the smallest model makes maps and the largest other one judges', () => {
  const packs = [
    pack('blip', 'itm', 'ready', 1),
    pack('large', 'clip', 'ready', 9),
    pack('small', 'clip', 'ready', 3),
    pack('middle', 'clip', 'ready', 5),
  ];
  for (const order of [packs, packs.toReversed()])
    expect(shown(order)).toEqual([
      ['explain', 'small'],
      ['judge', 'large'],
    ]);
  expect(missingOf(needsOf(rounds, packs))).toEqual([]);
});

test('what is here comes before what would have to be fetched', () => {
  const packs = [pack('small', 'clip', 'available', 3), pack('large', 'clip', 'ready', 9)];
  expect(shown(packs)).toEqual([
    ['explain', 'large'],
    ['judge', null],
  ]);
  expect(missingOf(needsOf(rounds, packs))).toEqual([]);
});

test('without any, the one for maps must be fetched; a judge may be left out', () => {
  const packs = [
    pack('small', 'clip', 'available', 3),
    pack('large', 'clip', 'available', 9),
    pack('spoilt', 'clip', 'broken', 1),
  ];
  expect(missingOf(needsOf(rounds, packs)).map(({ id }) => id)).toEqual(['small']);
  expect(shown([])).toEqual([
    ['explain', null],
    ['judge', null],
  ]);
});
