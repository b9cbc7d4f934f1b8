// Several points of an outline: chosen with Shift, moved together, deleted as one step.
import { describe, expect, it } from 'vitest';
import { polygonTool } from '../../../../../renderer/src/tools/polygon/polygon.ts';
import type { Editing } from '../../../../../renderer/src/tools/polygon/state.ts';
import { objectOf, ToolBench } from '../../../../helpers/drivers/toolBench.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';

const shift = { shift: true };

/** A block from (2, 2) to (8, 6) with a tooth of two more points on its upper side. */
function editing() {
  const mask = draw(
    '..........',
    '....##....',
    '..######..',
    '..######..',
    '..######..',
    '..######..',
    '..........',
    '..........',
  );
  const bench = new ToolBench(polygonTool, mask.width, mask.height, [objectOf('a', 1, mask)]);
  bench.scale = 20;
  bench.options = { ...bench.options, polygonMode: 'edit', detail: 0 };
  bench.click(4.5, 4.5);
  return bench;
}
const stateOf = (bench: ReturnType<typeof editing>) => bench.state as Editing;
const pointsOf = (bench: ReturnType<typeof editing>) => stateOf(bench).rings[0]!.length / 2;

/** A box around the tooth: its two tips and its two roots. */
function box(bench: ReturnType<typeof editing>) {
  bench.send('down', 3.2, 0.2, shift).send('move', 5, 1, shift).send('move', 6.8, 2.4, shift);
  expect(polygonTool.pressed!(bench.state)).toMatchObject({ x: 6.8, y: 2.4 });
  bench.send('up', 6.8, 2.4, shift);
  expect(polygonTool.pressed!(bench.state)).toBeNull();
}

describe('points in a box that is drawn with Shift', () => {
  it('are deleted together, as one step', () => {
    const bench = editing();
    expect(pointsOf(bench)).toBe(8);
    box(bench);
    expect(stateOf(bench).chosen).toHaveLength(4);
    const before = bench.state;
    bench.send('back', 0, 0);
    expect(pointsOf(bench)).toBe(4);
    expect(polygonTool.step!(before, bench.state)).toEqual({ kind: 'deletePoint' });
    bench.send('confirm', 0, 0);
    expect(bench.objects[0]!.area).toBe(24);
  });

  it('move together with the one that is dragged', () => {
    const bench = editing();
    box(bench);
    bench.drag([
      [4, 1],
      [4.5, 0.5],
      [5, 0],
    ]);
    const ring = stateOf(bench).rings[0]!;
    const has = (x: number, y: number) => ring.some((_, i) => ring[i] === x && ring[i + 1] === y);
    expect([has(5, 0), has(7, 0), has(5, 1), has(7, 1)]).toEqual([true, true, true, true]);
    expect([has(2, 2), has(8, 6)]).toEqual([true, true]);
    expect(stateOf(bench).chosen).toHaveLength(4);
  });

  it('are left by a press on another point, and one by one with Shift', () => {
    const bench = editing();
    box(bench);
    bench.send('down', 4, 1, shift).send('up', 4, 1, shift);
    expect(stateOf(bench).chosen).toHaveLength(3);
    bench.send('down', 4, 1, shift).send('up', 4, 1, shift);
    expect(stateOf(bench).chosen).toHaveLength(4);
    bench.send('down', 8, 6).send('up', 8, 6);
    expect(stateOf(bench).chosen).toEqual([]);
  });

  it('that are all of a ring take the ring', () => {
    const bench = editing();
    bench.send('down', 0, 0, shift).send('move', 10, 8, shift).send('up', 10, 8, shift);
    bench.send('back', 0, 0);
    expect(stateOf(bench).rings).toEqual([]);
  });
});
