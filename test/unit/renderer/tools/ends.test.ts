// Where a press becomes a drag, a point closes a shape, a hole belongs to an object: at the very ends.
import { describe, expect, it } from 'vitest';
import { fillTool } from '../../../../renderer/src/tools/fill.ts';
import { mergeTool } from '../../../../renderer/src/tools/merge.ts';
import { polygonTool } from '../../../../renderer/src/tools/polygon/polygon.ts';
import { resizedBox, selectTool } from '../../../../renderer/src/tools/select.ts';
import { splitTool } from '../../../../renderer/src/tools/split.ts';
import { rowsOf } from '../../../helpers/fixtures/maskText.ts';
import { draw } from '../../../helpers/fixtures/masks.ts';
import { objectOf, ToolBench } from '../../../helpers/drivers/toolBench.ts';

const ring = () => draw('.......', '.#####.', '.#...#.', '.#####.', '.......');

describe('select', () => {
  const row = () => [objectOf('a', 1, draw('..........', '....##....', '..........'))];

  it('a box drawn over ground counts from four screen pixels, on one side at least', () => {
    const drawn = (to: readonly [number, number], scale: number) => {
      const bench = new ToolBench(selectTool, 10, 3, [
        ...row(),
        objectOf('b', 1, draw('.#........', '..........', '..........')),
      ]);
      bench.scale = scale;
      bench.selection = [];
      return bench.drag([[0.2, 0.2], to]).selection;
    };
    expect(drawn([2.2, 0.3], 2)).toEqual(['b']);
    expect(drawn([2.1, 0.3], 2)).toEqual([]);
    expect(drawn([2.2, 2.3], 2)).toEqual(['b']);
    expect(drawn([1.1, 2.3], 2)).toEqual(['b']);
  });

  it('a box that only touches the edge of an object does not take it', () => {
    const taken = (from: readonly [number, number], to: readonly [number, number]) => {
      const bench = new ToolBench(selectTool, 10, 3, row());
      bench.scale = 10;
      return bench.drag([from, to]).selection;
    };
    // The object fills x 4 to 6, y 1 to 2.
    expect(taken([0, 0], [4, 3])).toEqual([]);
    expect(taken([0, 0], [4.1, 3])).toEqual(['a']);
    expect(taken([6, 0], [9, 3])).toEqual([]);
    expect(taken([6.1, 2.5], [5.9, 0])).toEqual(['a']);
    expect(taken([0, 0], [9, 1])).toEqual([]);
    expect(taken([0, 0], [9, 1.1])).toEqual(['a']);
    expect(taken([0, 2], [9, 3])).toEqual([]);
    expect(taken([0, 2.9], [9, 1.9])).toEqual(['a']);
  });

  it('with Shift a box adds, each object once', () => {
    const bench = new ToolBench(selectTool, 10, 3, row());
    bench.scale = 10;
    bench.selection = ['a' as never];
    bench.drag(
      [
        [0, 0],
        [9, 3],
      ],
      { shift: true },
    );
    expect(bench.selection).toEqual(['a']);
  });

  it('a selected object moves once the pointer went more than four screen pixels', () => {
    const moved = (by: readonly [number, number], scale: number) => {
      const mask = draw(...Array.from({ length: 60 }, () => '#'.repeat(60)));
      const bench = new ToolBench(selectTool, 60, 60, [objectOf('a', 1, mask)]);
      bench.scale = scale;
      bench.selection = ['a' as never];
      bench.send('down', 20, 20).send('move', 20 + by[0], 20 + by[1]);
      return (bench.state as { kind: string }).kind;
    };
    expect(moved([4, 0], 1)).toBe('pressing');
    expect(moved([4.1, 0], 1)).toBe('moving');
    expect(moved([3, 3], 1)).toBe('moving');
    expect(moved([2, 0], 2)).toBe('pressing');
    expect(moved([0, -2.1], 2)).toBe('moving');
  });

  it('a move by less than half a pixel each way changes nothing', () => {
    const shifted = (by: readonly [number, number]) => {
      const bench = new ToolBench(selectTool, 6, 6, [
        objectOf('a', 1, draw('......', '......', '..##..', '..##..', '......', '......')),
      ]);
      bench.scale = 400;
      bench.selection = ['a' as never];
      bench.drag([
        [2.4, 2.6],
        [2.4 + by[0], 2.6 + by[1]],
      ]);
      return rowsOf(bench.objects[0]!.mask);
    };
    const before = ['......', '......', '..##..', '..##..', '......', '......'];
    expect(shifted([0.4, -0.4])).toEqual(before);
    expect(shifted([1, 0])).toEqual(['......', '......', '...##.', '...##.', '......', '......']);
    expect(shifted([0, -2])).toEqual(['..##..', '..##..', '......', '......', '......', '......']);
  });

  it('a resize is in whole pixels from where the handle was taken', () => {
    const state = {
      kind: 'resizing',
      handle: 'se',
      from: { x: 10.2, y: 10.2 },
      to: { x: 10.2, y: 10.2 },
      box: [2, 3, 8, 7],
    } as const;
    expect(resizedBox(state, { x: 13.4, y: 8.1 })).toEqual([2, 3, 11, 5]);
  });
});

describe('fill', () => {
  it('closes the hole of the selected object before that of one above it', () => {
    const bench = new ToolBench(fillTool, 7, 5, [
      objectOf('below', 1, ring(), { z: 1 }),
      objectOf('above', 1, ring(), { z: 2 }),
    ]);
    bench.selection = ['below' as never];
    bench.click(3.5, 2.5);
    expect(bench.labels).toEqual(['Fill cup']);
    expect(bench.objects.map((object) => rowsOf(object.mask)[2])).toEqual(['.#####.', '.#...#.']);
    expect(bench.selection).toEqual(['below']);
  });

  it('without a selection the topmost is meant, and a locked one never', () => {
    const objects = [
      objectOf('below', 1, ring(), { z: 1 }),
      objectOf('above', 1, ring(), { z: 2, locked: true }),
    ];
    const bench = new ToolBench(fillTool, 7, 5, objects).click(3.5, 2.5);
    expect(bench.objects.map((object) => rowsOf(object.mask)[2])).toEqual(['.#####.', '.#...#.']);
  });

  it('a hole at the edge of the image is none, and open ground says that there is nothing', () => {
    const cup = draw('#.#', '#.#', '###');
    const bench = new ToolBench(fillTool, 3, 3, [objectOf('a', 1, cup)]).click(1.5, 0.5);
    expect([bench.labels, bench.notes]).toEqual([[], [{ kind: 'nothing' }]]);
  });

  it('a part of another class goes to the active one', () => {
    const two = draw('##..#', '##..#');
    const bench = new ToolBench(fillTool, 5, 2, [objectOf('a', 2, two)]).click(4.5, 0.5);
    expect(bench.objects.map((object) => [object.categoryId, rowsOf(object.mask)[0]])).toEqual([
      [2, '##...'],
      [1, '....#'],
    ]);
    const whole = new ToolBench(fillTool, 2, 1, [objectOf('a', 2, draw('##'))]).click(0.5, 0.5);
    expect(whole.objects.map((object) => object.categoryId)).toEqual([1]);
    const own = new ToolBench(fillTool, 2, 1, [objectOf('a', 1, draw('##'))]).click(0.5, 0.5);
    expect([own.labels, own.selection]).toEqual([[], ['a']]);
  });
});

describe('merge', () => {
  it('a click takes an object in and the next takes it out again', () => {
    const bench = new ToolBench(mergeTool, 3, 1, [
      objectOf('a', 1, draw('#..')),
      objectOf('b', 1, draw('..#')),
    ]);
    expect(bench.click(0.5, 0.5).click(2.5, 0.5).selection).toEqual(['a', 'b']);
    expect(bench.click(0.5, 0.5).selection).toEqual(['b']);
    expect(bench.click(1.5, 0.5).selection).toEqual(['b']);
    bench.send('confirm', 0, 0);
    expect(bench.notes).toEqual([{ kind: 'nothing' }]);
  });
});

describe('split', () => {
  const bar = () => [objectOf('a', 1, draw('####', '####'))];

  it('a drag cuts from more than six screen pixels on; a shorter one is a corner', () => {
    const after = (length: number, scale: number) => {
      const bench = new ToolBench(splitTool, 4, 2, bar());
      bench.scale = scale;
      bench.drag([
        [2, -1],
        [2, -1 + length],
      ]);
      return [bench.objects.length, bench.busy];
    };
    expect(after(4, 1.5)).toEqual([1, true]);
    expect(after(4.1, 1.5)).toEqual([2, false]);
    expect(after(4, 10)).toEqual([2, false]);
  });

  it('corners are taken back one by one; a line of one corner cuts nothing', () => {
    const bench = new ToolBench(splitTool, 4, 2, bar());
    bench.scale = 0.01;
    bench.click(1.5, -1).click(1.5, 1);
    bench.send('back', 0, 0);
    expect(bench.busy).toBe(true);
    bench.send('confirm', 0, 0);
    expect([bench.objects.length, bench.busy]).toEqual([1, true]);
    bench.click(1.5, 3).send('confirm', 0, 0);
    expect(bench.objects.map((object) => rowsOf(object.mask)[0])).toEqual(['##..', '..##']);
    expect(bench.selection).toHaveLength(2);
  });

  it('cuts the selected only, and never what is locked', () => {
    const objects = [
      objectOf('a', 1, draw('####', '....')),
      objectOf('b', 1, draw('....', '####')),
      objectOf('c', 1, draw('####', '####'), { locked: true }),
    ];
    const bench = new ToolBench(splitTool, 4, 2, objects);
    bench.scale = 10;
    bench.selection = ['b' as never];
    bench.drag([
      [2, -1],
      [2, 3],
    ]);
    expect(bench.objects).toHaveLength(4);
    expect(bench.labels).toEqual(['Split cup']);
  });
});

describe('polygon', () => {
  it('a point within reach of the first closes it, from three points on', () => {
    const after = (
      last: readonly [number, number],
      points: readonly (readonly [number, number])[],
    ) => {
      const bench = new ToolBench(polygonTool, 40, 40);
      bench.options = { ...bench.options, polygonMode: 'new' };
      for (const point of points) bench.send('down', ...point);
      bench.send('down', ...last);
      return [bench.objects.length, bench.busy];
    };
    const triangle = [
      [2, 2],
      [30, 2],
      [30, 30],
    ] as const;
    expect(after([2, 3], triangle)).toEqual([1, false]);
    expect(after([2, 3], triangle.slice(0, 2))).toEqual([0, true]);
    expect(after([25, 25], triangle)).toEqual([0, true]);
  });

  it('a point on the last one, within two screen pixels, is the same point', () => {
    const bench = new ToolBench(polygonTool, 40, 40);
    bench.options = { ...bench.options, polygonMode: 'new' };
    bench.scale = 2;
    bench.send('down', 5, 5).send('down', 5.9, 5);
    expect(bench.state).toMatchObject({ points: [5, 5] });
    bench.send('down', 6, 5).send('down', 6, 6);
    expect(bench.state).toMatchObject({ points: [5, 5, 6, 5, 6, 6] });
    bench.send('back', 0, 0).send('back', 0, 0);
    expect(bench.state).toMatchObject({ points: [5, 5] });
    bench.send('back', 0, 0);
    expect(bench.busy).toBe(false);
  });
});

describe('a line that splits', () => {
  const bar = () => objectOf('a', 1, draw('..........', '..######..', '..........'));
  const bench = () => new ToolBench(splitTool, 10, 3, [bar()]);

  it('goes back point by point', () => {
    const split = bench().click(1, 0.5).click(5, 0.5).click(8, 0.5).send('back', 0, 0);
    expect(split.state.points).toEqual([
      { x: 1, y: 0.5 },
      { x: 5, y: 0.5 },
    ]);
    split.send('back', 0, 0).send('back', 0, 0);
    expect(split.busy).toBe(false);
  });

  it('of one drag that cuts nothing is gone, after a click it stays', () => {
    const drag = (split: ReturnType<typeof bench>) =>
      split.drag([
        [1, 0.2],
        [9, 0.2],
      ]);
    const alone = drag(bench());
    expect([alone.state.points.length, alone.notes]).toEqual([0, [{ kind: 'nothing' }]]);
    expect(drag(bench().click(0.5, 0.2)).state.points).toHaveLength(2);
  });

  it('has a word for a point more, and none for as many', () => {
    const { state } = bench().click(1, 0.5);
    expect(splitTool.step!({ ...state, points: [] }, state)).toEqual({ kind: 'point', number: 1 });
    expect(splitTool.step!(state, { ...state, pressed: true })).toBeNull();
  });
});
