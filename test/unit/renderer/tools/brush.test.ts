// Which masks a stroke meets: only those of other classes that it really went over are named.
import { describe, expect, it } from 'vitest';
import { brushTool, eraserTool } from '../../../../renderer/src/tools/brush.ts';
import { objectOf, ToolBench } from '../../../helpers/drivers/toolBench.ts';
import { rowsOf } from '../../../helpers/fixtures/maskText.ts';
import { draw } from '../../../helpers/fixtures/masks.ts';

const met = () => objectOf('met', 2, draw('..#......', '..#......'));
const far = () => objectOf('far', 2, draw('........#', '........#'));
const own = () => objectOf('own', 1, draw('....#....', '....#....'));

function stroke(selected: string | null, categoryId: number) {
  const bench = new ToolBench(brushTool, 9, 2, [met(), far(), own()]);
  bench.options = { ...bench.options, size: 1, tip: 'square', protect: true };
  bench.categoryId = categoryId;
  bench.selection = bench.objects.map(({ id }) => id).filter((id) => id === selected);
  bench.drag([
    [0.5, 0.5],
    [5.5, 0.5],
  ]);
  return bench;
}

const rowOf = (bench: ReturnType<typeof stroke>, id: string) =>
  rowsOf(bench.objects.find((object) => object.id === id)!.mask)[0];

describe('a protecting stroke', () => {
  it('of a new object names what it met of other classes, not what lies far or is of its own', () => {
    const bench = stroke(null, 1);
    expect(bench.notes).toEqual([{ kind: 'protected', ids: ['met'] }]);
    expect(rowOf(bench, 'new1')).toBe('##.###...');
  });

  it('on a selected object goes by the class of that object, not by the active one', () => {
    const bench = stroke('own', 2);
    expect(bench.notes).toEqual([{ kind: 'protected', ids: ['met'] }]);
    expect(rowOf(bench, 'own')).toBe('##.###...');
  });

  it('meets nothing where only its own class lies', () => {
    const bench = new ToolBench(brushTool, 9, 2, [far(), own()]);
    bench.options = { ...bench.options, size: 1, tip: 'square', protect: true };
    bench.drag([
      [0.5, 0.5],
      [5.5, 0.5],
    ]);
    expect(bench.notes).toEqual([]);
    expect(rowOf(bench, 'new1')).toBe('######...');
  });
});

describe('a stroke', () => {
  it('is held where the pointer is, from press to release', () => {
    const bench = new ToolBench(brushTool, 9, 2);
    const held = () => brushTool.pressed!(bench.state);
    expect(held()).toBe(null);
    bench.send('move', 3, 1).send('up', 3, 1);
    expect([bench.objects, bench.busy]).toEqual([[], false]);
    bench.send('down', 1, 1).send('move', 4, 1);
    expect([held(), bench.busy]).toEqual([{ x: 4, y: 1 }, true]);
    bench.send('up', 4, 1);
    expect([held(), bench.busy]).toEqual([null, false]);
  });
});

describe('without protection', () => {
  const bench = (tool: typeof brushTool, protect: boolean) => {
    const both = [met(), objectOf('own', 1, draw('.###.....', '.........'))];
    const made = new ToolBench(tool, 9, 2, both);
    made.options = { ...made.options, size: 1, tip: 'square', protect };
    made.selection = ['own' as never];
    return made.drag([
      [1.5, 0.5],
      [5.5, 0.5],
    ]);
  };

  it('a stroke goes over every class', () => {
    const painted = bench(brushTool, false);
    expect([rowOf(painted, 'own'), painted.notes]).toEqual(['.#####...', []]);
  });

  it('an eraser goes over every class, protected or not', () => {
    for (const protect of [true, false]) {
      const erased = bench(eraserTool, protect);
      expect(erased.objects.map(({ id }) => id)).toEqual(['met']);
      expect(erased.notes).toEqual([]);
    }
  });
});

describe('a press after a stroke', () => {
  const second = (shift: boolean, strokes = 1) => {
    const bench = new ToolBench(brushTool, 9, 2);
    bench.options = { ...bench.options, size: 1, tip: 'square' };
    if (strokes > 0) bench.click(1.5, 0.5);
    bench.click(6.5, 0.5, { shift });
    return rowsOf(bench.objects.at(-1)!.mask)[0];
  };

  it('with Shift goes on from its end, without it begins anew', () => {
    expect(second(true)).toBe('.######..');
    expect(second(false)).toBe('.#....#..');
    // Nothing was painted before.
    expect(second(true, 0)).toBe('......#..');
  });

  it('tells every change by a higher version', () => {
    const bench = new ToolBench(brushTool, 9, 2);
    bench.send('down', 1, 1).send('move', 4, 1).send('move', 5, 1);
    expect(bench.state.stroke!.version).toBe(3);
  });
});

it('a stroke whose class is gone when it ends leaves nothing', () => {
  const bench = new ToolBench(brushTool, 9, 2, []);
  bench.options = { ...bench.options, size: 1, tip: 'square' };
  bench.send('down', 0.5, 0.5).send('move', 3.5, 0.5);
  bench.categoryId = null;
  bench.send('up', 3.5, 0.5);
  expect([bench.objects, bench.labels]).toEqual([[], []]);
});
