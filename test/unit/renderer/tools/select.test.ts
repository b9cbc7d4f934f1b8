// Selecting, moving and resizing by the pointer.
import { describe, expect, it } from 'vitest';
import { dragHandle, objectsAt, pickAt } from '../../../../renderer/src/tools/hitTest.ts';
import { selectTool } from '../../../../renderer/src/tools/select.ts';
import { rowsOf } from '../../../helpers/fixtures/maskText.ts';
import { draw } from '../../../helpers/fixtures/masks.ts';
import { objectOf, ToolBench } from '../../../helpers/drivers/toolBench.ts';

const below = () => objectOf('below', 1, draw('####', '####', '####'), { z: 1 });
const above = () => objectOf('above', 2, draw('....', '.##.', '....'), { z: 2 });

describe('select', () => {
  it('takes the topmost by its pixels, a second click the next below', () => {
    const bench = new ToolBench(selectTool, 4, 3, [below(), above()]);
    bench.scale = 40;
    expect(bench.click(1.5, 1.5).selection).toEqual(['above']);
    expect(bench.click(1.5, 1.5).selection).toEqual(['below']);
    expect(bench.click(1.5, 1.5).selection).toEqual(['above']);
  });

  it('passes over locked objects', () => {
    const objects = [below(), { ...above(), locked: true }];
    expect(objectsAt(objects, { x: 1.5, y: 1.5 }).map((object) => object.id)).toEqual(['below']);
  });

  it('Shift adds and takes away', () => {
    const bench = new ToolBench(selectTool, 4, 3, [below(), above()]);
    bench.scale = 40;
    bench.click(0.5, 0.5).click(1.5, 1.5, { shift: true });
    expect(bench.selection.sort()).toEqual(['above', 'below']);
    expect(bench.click(1.5, 1.5, { shift: true }).selection).toEqual(['below']);
  });

  it('a drag over empty ground takes what it touches; a click there takes the selection away', () => {
    const bench = new ToolBench(selectTool, 8, 3, [
      objectOf('a', 1, draw('....##..', '....##..', '........')),
    ]);
    bench.scale = 10;
    bench.drag([
      [0, 2.5],
      [7, 0],
    ]);
    expect(bench.selection).toEqual(['a']);
    expect(bench.click(0.5, 0.5).selection).toEqual([]);
  });

  it('the first drag on an object only selects it, the next moves it by whole pixels', () => {
    const bench = new ToolBench(selectTool, 6, 1, [objectOf('a', 1, draw('##....'))]);
    bench.scale = 20;
    const drag = [
      [0.5, 0.5],
      [2.8, 0.5],
    ] as const;
    bench.drag(drag);
    expect([bench.selection, bench.labels]).toEqual([['a'], []]);
    bench.selection = ['a' as never];
    // Away from the handles of a one pixel high box.
    bench.scale = 200;
    bench.drag([
      [1.5, 0.3],
      [3.6, 0.3],
    ]);
    expect(rowsOf(bench.objects[0]!.mask)).toEqual(['..##..']);
  });

  it('sides of a box never cross while a handle is dragged', () => {
    expect(dragHandle([2, 2, 4, 4], 'e', -20, 0)).toEqual([2, 2, 1, 4]);
    expect(dragHandle([2, 2, 4, 4], 'nw', 20, 20)).toEqual([5, 5, 1, 1]);
  });

  it('says nothing is there when nothing is there', () => {
    expect(pickAt([], { x: 1, y: 1 }, new Set())).toBeNull();
  });
});
