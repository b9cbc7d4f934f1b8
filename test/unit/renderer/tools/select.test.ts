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

describe('a press', () => {
  const box = () =>
    objectOf('a', 1, draw('........', '..####..', '..####..', '........'), { z: 1 });
  const behind = () =>
    objectOf('b', 1, draw('####....', '####....', '........', '........'), { z: 0 });
  const pressed = (x: number, y: number, selection: string[], patch = {}) => {
    const bench = new ToolBench(selectTool, 8, 4, [behind(), { ...box(), ...patch }]);
    bench.scale = 100;
    bench.selection = selection as never;
    return bench.send('down', x, y).state as { kind: string; handle?: string };
  };

  it('on a handle of the only selected object takes the handle', () => {
    expect(pressed(6, 3, ['a'])).toMatchObject({ kind: 'resizing', handle: 'se' });
    expect(pressed(6, 3, [])).toMatchObject({ kind: 'marquee' });
    expect(pressed(6, 3, ['a', 'b'])).toMatchObject({ kind: 'marquee' });
    expect(pressed(6, 3, ['a'], { locked: true })).toMatchObject({ kind: 'marquee' });
    expect(pressed(7.5, 3.5, ['a'])).toMatchObject({ kind: 'marquee' });
  });

  it('on a selected object under another one drags it, with Shift it only chooses', () => {
    expect(pressed(3, 1.5, ['b'])).toMatchObject({ kind: 'pressing', wasSelected: true });
    expect(pressed(3, 1.5, [])).toMatchObject({ kind: 'pressing', wasSelected: false });
  });

  it('that moves by three screen pixels or less, or meets only locked ones, drags nothing', () => {
    const moved = (by: number, patch = {}, selection = ['a']) => {
      const bench = new ToolBench(selectTool, 8, 4, [{ ...box(), ...patch }]);
      bench.scale = 1;
      bench.selection = selection as never;
      bench.state = { kind: 'pressing', from: { x: 4, y: 2 }, wasSelected: true } as never;
      return (bench.send('move', 4 + by, 2).state as { kind: string }).kind;
    };
    expect(moved(20)).toBe('moving');
    expect(moved(1)).toBe('pressing');
    expect(moved(20, { locked: true })).toBe('pressing');
    expect(moved(20, {}, [])).toBe('pressing');
  });
});
