// A worker's report on an image as a row: what it says of each mask comes back, and what no worker writes is refused.
import { expect, it } from 'vitest';
import type { CategoryId } from '../../../../../electron/api/types.ts';
import { columnsOf, foundOf } from '../../../../../electron/cluster/order/record.ts';
import type { ClassMask } from '../../../../../electron/link/facts.ts';
import { answerOf, HEIGHT, WIDTH } from '../../../../helpers/standIns/clusterModel.ts';

const CUP = 3 as CategoryId;
const hash = 'ab'.repeat(32);

/** The masks of a stand-in as they were written and as they are read, their facts changed in between. */
function throughRow(more: Partial<ClassMask>, change: (facts: string) => string = (same) => same) {
  const { facts, masks } = answerOf(hash, [CUP]);
  const said = masks.map((mask) => ({ ...mask, ...more }));
  const outcome = { width: WIDTH, height: HEIGHT, hash, facts, masks: said };
  const row = columnsOf({ n: 1, ms: 5, outcome });
  const read = foundOf({
    width: WIDTH,
    height: HEIGHT,
    hash: row.hash!,
    masks: row.masks!,
    facts: JSON.parse(change(row.facts!)),
  });
  return { said, read: read.masks };
}

it.each<[string, Partial<ClassMask>]>([
  ['nothing but a match and a margin', {}],
  ['how steady it is', { unsteady: 0.25 }],
  ['the class that comes next', { lead: { height: 0.5, rivalId: CUP, rivalHeight: 0.25 } }],
  ['the background behind it', { lead: { height: 0.5, rivalId: null, rivalHeight: 0 } }],
])('a mask comes back with %s', (_what, more) => {
  const { said, read } = throughRow(more);
  expect(read).toEqual(said);
});

it('a lead that is none is refused with its place', () => {
  const lead = { height: 0.5, rivalId: CUP, rivalHeight: 0.25 };
  const odd = () => throughRow({ lead }, (facts) => facts.replace('"height":0.5', '"height":7'));
  expect(odd).toThrow(/facts\.masks\.0\.lead\.height/);
});
