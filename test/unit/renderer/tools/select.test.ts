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

describe('a rubber band', () => {
  const at = (x: number, y: number, locked = false) =>
    objectOf(`${x} ${y}`, 1, placed(x, y), { locked });
  const placed = (x: number, y: number) =>
    draw(
      ...Array.from({ length: 12 }, (_, row) =>
        Array.from({ length: 20 }, (_, column) =>
          column >= x && column < x + 2 && row >= y && row < y + 2 ? '#' : '.',
        ).join(''),
      ),
    );
  const taken = (
    from: readonly [number, number],
    to: readonly [number, number],
    scale = 10,
    keys: { shift?: boolean } = {},
  ) => {
    const objects = [at(4, 4), at(10, 4), at(4, 8, true)];
    const bench = new ToolBench(selectTool, 20, 12, objects);
    bench.scale = scale;
    bench.selection = (keys.shift ? ['10 4'] : []) as never;
    bench
      .send('down', ...from, keys)
      .send('move', ...to, keys)
      .send('up', ...to, keys);
    return [...bench.selection];
  };

  it('takes what it overlaps, not what it only touches, nor what is locked', () => {
    expect(taken([0, 0], [20, 12])).toEqual(['4 4', '10 4']);
    expect(taken([3, 3], [4, 12])).toEqual([]);
    expect(taken([3, 3], [4.1, 12])).toEqual(['4 4']);
    expect(taken([6, 0], [8, 12])).toEqual([]);
    expect(taken([5.9, 0], [8, 12])).toEqual(['4 4']);
    expect(taken([0, 0], [20, 4])).toEqual([]);
    expect(taken([0, 0], [20, 4.1])).toEqual(['4 4', '10 4']);
    expect(taken([0, 6], [20, 8])).toEqual([]);
    expect(taken([20, 12], [0, 5.9])).toEqual(['4 4', '10 4']);
  });

  it('with Shift adds to what is selected', () => {
    expect(taken([3, 3], [5, 5], 10, { shift: true })).toEqual(['10 4', '4 4']);
    expect(taken([3, 3], [5, 5])).toEqual(['4 4']);
  });

  it('of less than a trembling hand in both directions is a click', () => {
    expect(taken([3, 3], [4.5, 4.5], 1)).toEqual([]);
    expect(taken([3.5, 3.5], [7.4, 4.5], 1)).toEqual([]);
    expect(taken([3.5, 3.5], [7.5, 4.5], 1)).toEqual(['4 4']);
    expect(taken([3.5, 3.5], [4.5, 7.4], 1)).toEqual([]);
    expect(taken([3.5, 3.5], [4.5, 7.5], 1)).toEqual(['4 4']);
    expect(taken([3.5, 3.5], [11.5, 4.5], 1)).toEqual(['4 4', '10 4']);
  });
});

describe('what is let go', () => {
  const box = () => objectOf('a', 1, draw('........', '..##....', '..##....', '........'));
  const from = (state: object, x: number, y: number, patch = {}) => {
    const bench = new ToolBench(selectTool, 8, 4, [{ ...box(), ...patch }]);
    bench.scale = 10;
    bench.selection = ['a'] as never;
    bench.state = state as never;
    bench.send('up', x, y);
    return { rows: rowsOf(bench.objects[0]!.mask), labels: bench.labels, state: bench.state };
  };
  const moving = { kind: 'moving', from: { x: 3, y: 2 }, to: { x: 3, y: 2 } };
  const resizing = {
    kind: 'resizing',
    handle: 'se',
    from: { x: 4, y: 3 },
    to: { x: 4, y: 3 },
    box: [2, 1, 2, 2],
  };

  it('has moved by whole pixels, in either direction or in none', () => {
    expect(from(moving, 4.4, 2).rows).toEqual(['........', '...##...', '...##...', '........']);
    expect(from(moving, 3, 1).rows).toEqual(['..##....', '..##....', '........', '........']);
    expect(from(moving, 3.4, 2.4)).toMatchObject({ labels: [], state: { kind: 'idle' } });
    expect(from(moving, 5, 3, { locked: true }).labels.length).toBeLessThanOrEqual(1);
    expect(from(moving, 5, 3, { locked: true }).rows).toEqual(rowsOf(box().mask));
  });

  it('has its new box, and is no step where the box is the same', () => {
    expect(from(resizing, 6, 3).rows).toEqual(['........', '..####..', '..####..', '........']);
    expect(from(resizing, 6, 3).labels).toHaveLength(1);
    expect(from(resizing, 4.4, 3.4).labels).toEqual([]);
    expect(from(resizing, 4, 4).rows).toEqual(['........', '..##....', '..##....', '..##....']);
    // Left, top, width and height all change.
    const corner = { ...resizing, handle: 'nw', from: { x: 2, y: 1 }, to: { x: 2, y: 1 } };
    expect(from(corner, 1, 0).rows).toEqual(['.###....', '.###....', '.###....', '........']);
  });

  it('is no step where nothing is selected any more', () => {
    const bench = new ToolBench(selectTool, 8, 4, [box()]);
    bench.state = resizing as never;
    bench.send('up', 6, 3);
    expect([bench.state, bench.labels]).toEqual([{ kind: 'idle' }, []]);
  });
});
