// Presses at the border of the image: a click lies in it, a box may begin beside it, taking away may not.
import { expect, it } from 'vitest';
import { segmentTool } from '../../../../../renderer/src/tools/segment/segment.ts';
import type { SegmentState } from '../../../../../renderer/src/tools/segment/state.ts';
import { ToolBench } from '../../../../helpers/drivers/toolBench.ts';

type Place = readonly [x: number, y: number];
const inside: readonly Place[] = [
  [0, 0],
  [9.9, 7.9],
  [0, 7.9],
  [9.9, 0],
];
const outside: readonly Place[] = [
  [-0.1, 4],
  [4, -0.1],
  [10, 4],
  [4, 8],
];
const bench = () => new ToolBench(segmentTool, 10, 8);
const stateOf = (one: ToolBench<SegmentState>) => one.state;

it.each([...inside, ...outside])(
  'a press with Alt at (%d, %d) begins inside of it alone',
  (x, y) => {
    const { press } = stateOf(bench().send('down', x, y, { alt: true }));
    expect(press !== null).toBe(inside.some((one) => one[0] === x && one[1] === y));
  },
);

it('a plain press may begin beside it; without a drag it is no click there', () => {
  for (const [x, y] of outside) {
    expect(stateOf(bench().send('down', x, y)).press).not.toBeNull();
    expect(stateOf(bench().send('down', x, y).send('up', x, y)).steps).toEqual([]);
  }
  for (const [x, y] of inside)
    expect(stateOf(bench().send('down', x, y).send('up', x, y)).steps).toMatchObject([
      { kind: 'click', x, y, adds: true },
    ]);
});

it('a box that begins beside it ends with it', () => {
  const one = bench();
  one.scale = 10;
  one.send('down', -3, -2).send('move', 5, 4).send('up', 5, 4);
  expect(stateOf(one).steps).toMatchObject([{ kind: 'box', box: [0, 0, 5, 4] }]);
});
