// What the drawing tools do to masks, seen from the pen.
import { describe, expect, it } from 'vitest';
import type { SampleSide } from '../../../../electron/api/types.ts';
import { boxTool } from '../../../../renderer/src/tools/box/box.ts';
import { brushTool, eraserTool } from '../../../../renderer/src/tools/brush.ts';
import { fillTool } from '../../../../renderer/src/tools/fill.ts';
import { mergeTool } from '../../../../renderer/src/tools/merge.ts';
import { polygonTool } from '../../../../renderer/src/tools/polygon/polygon.ts';
import { splitTool } from '../../../../renderer/src/tools/split.ts';
import { wandTool } from '../../../../renderer/src/tools/wand.ts';
import { rowsOf } from '../../../helpers/fixtures/maskText.ts';
import { draw } from '../../../helpers/fixtures/masks.ts';
import { objectOf, ToolBench } from '../../../helpers/drivers/toolBench.ts';

const square = () => objectOf('a', 1, draw('......', '.####.', '.####.', '.####.', '......'));

describe('brush', () => {
  it('paints a new object of the active class in one step', () => {
    const bench = new ToolBench(brushTool, 7, 3);
    bench.options = { ...bench.options, size: 1 };
    bench.drag([
      [1.5, 1.5],
      [5.5, 1.5],
    ]);
    expect(bench.objects.map((object) => rowsOf(object.mask))).toEqual([
      ['.......', '.#####.', '.......'],
    ]);
    expect(bench.labels).toEqual(['Draw cup']);
  });

  it('adds to the selected object and keeps its class', () => {
    const bench = new ToolBench(brushTool, 6, 5, [square()]);
    bench.selection = [bench.objects[0]!.id];
    bench.categoryId = 2;
    bench.options = { ...bench.options, size: 1 };
    bench.click(0.5, 0.5);
    expect(rowsOf(bench.objects[0]!.mask)[0]).toBe('#.....');
    expect(bench.objects.length).toBe(1);
  });

  it('leaves protected pixels of another class alone and says so', () => {
    const other = objectOf('b', 2, draw('...###', '...###'));
    const bench = new ToolBench(brushTool, 6, 2, [other]);
    bench.options = { ...bench.options, size: 2, tip: 'square' };
    bench.drag([
      [1, 1],
      [5, 1],
    ]);
    expect(rowsOf(bench.objects[1]!.mask)).toEqual(['###...', '###...']);
    expect(bench.notes.map((note) => note.kind)).toEqual(['protected']);
  });

  it('joins to the last point by a straight line with Shift', () => {
    const bench = new ToolBench(brushTool, 9, 3);
    bench.options = { ...bench.options, size: 1 };
    bench.click(0.5, 1.5).click(8.5, 1.5, { shift: true });
    expect(rowsOf(bench.objects[0]!.mask)[1]).toBe('#########');
  });

  it('without a class it says that one is missing and draws nothing', () => {
    const bench = new ToolBench(brushTool, 4, 4);
    bench.categoryId = null;
    bench.click(1, 1);
    expect([bench.objects.length, bench.notes]).toEqual([0, [{ kind: 'noClass' }]]);
  });

  it('given up with Escape a stroke leaves no trace', () => {
    const bench = new ToolBench(brushTool, 4, 4);
    bench.send('down', 1, 1).send('cancel', 1, 1).send('up', 1, 1);
    expect([bench.objects.length, bench.busy]).toEqual([0, false]);
  });

  it('turns a painted proposal into the person’s own work', () => {
    const proposal = {
      ...square(),
      status: 'proposal' as const,
      origin: 'model' as const,
      doubtful: true,
    };
    const bench = new ToolBench(brushTool, 6, 5, [proposal]);
    bench.selection = [proposal.id];
    bench.options = { ...bench.options, size: 1 };
    bench.click(0.5, 0.5);
    const { status, edited, doubtful } = bench.objects[0]!;
    expect({ status, edited, doubtful }).toEqual({
      status: 'accepted',
      edited: true,
      doubtful: false,
    });
  });
});

describe('eraser', () => {
  it('takes from the object under it and keeps the hole', () => {
    const bench = new ToolBench(eraserTool, 6, 5, [square()]);
    bench.options = { ...bench.options, size: 1 };
    bench.click(2.5, 2.5);
    expect(rowsOf(bench.objects[0]!.mask)).toEqual([
      '......',
      '.####.',
      '.#.##.',
      '.####.',
      '......',
    ]);
  });

  it('erasing the last pixel deletes the object', () => {
    const bench = new ToolBench(eraserTool, 6, 5, [square()]);
    bench.options = { ...bench.options, size: 40 };
    bench.click(3, 2.5);
    expect(bench.objects).toEqual([]);
  });

  it('does not touch a locked object', () => {
    const bench = new ToolBench(eraserTool, 6, 5, [{ ...square(), locked: true }]);
    bench.click(2.5, 2.5);
    expect([bench.labels, bench.notes]).toEqual([[], [{ kind: 'nothing' }]]);
  });
});

describe('rectangle', () => {
  it('covers whole pixels whichever way it is dragged', () => {
    const bench = new ToolBench(boxTool, 6, 4);
    bench.drag([
      [4.6, 2.8],
      [1.2, 0.9],
    ]);
    expect(rowsOf(bench.objects[0]!.mask)).toEqual(['......', '.####.', '.####.', '......']);
  });

  it('cuts from the selected object', () => {
    const bench = new ToolBench(boxTool, 6, 5, [square()]);
    bench.selection = [bench.objects[0]!.id];
    bench.options = { ...bench.options, shapeMode: 'cut' };
    bench.drag([
      [0, 0],
      [3, 5],
    ]);
    expect(rowsOf(bench.objects[0]!.mask)[1]).toBe('...##.');
  });
});

describe('polygon', () => {
  it('closes on the first point and fills by pixel centres', () => {
    const bench = new ToolBench(polygonTool, 20, 20);
    bench.scale = 10;
    for (const [x, y] of [
      [2, 2],
      [18, 2],
      [18, 18],
      [2, 18],
      [2.1, 2.1],
    ] as const)
      bench.click(x, y);
    expect([bench.objects[0]!.area, bench.busy]).toEqual([256, false]);
  });

  it('Backspace takes back one point at a time', () => {
    const bench = new ToolBench(polygonTool, 20, 20);
    bench.click(2, 2).click(10, 2).send('back', 0, 0);
    expect(bench.state).toMatchObject({ kind: 'drawing', points: [2, 2] });
    bench.send('back', 0, 0);
    expect(bench.busy).toBe(false);
  });

  it('moving one point changes only the pixels between the old and the new edge', () => {
    const ragged = draw(
      '..........',
      '.########.',
      '.#######..',
      '.########.',
      '.#######..',
      '.########.',
      '..........',
    );
    const bench = new ToolBench(polygonTool, 10, 7, [objectOf('a', 1, ragged)]);
    bench.scale = 10;
    bench.options = { ...bench.options, polygonMode: 'edit', detail: 3 };
    bench.click(5, 3);
    bench.drag([
      [1, 1],
      [3, 1],
    ]);
    bench.send('confirm', 0, 0);
    const rows = rowsOf(bench.objects[0]!.mask);
    // The ragged right edge was not touched, although the simplified outline does not show it.
    expect(rows.map((row) => row.slice(6))).toEqual([
      '....',
      '###.',
      '##..',
      '###.',
      '##..',
      '###.',
      '....',
    ]);
    expect(rows[1]!.startsWith('.###')).toBe(false);
  });

  it('an untouched outline leaves the mask alone', () => {
    const bench = new ToolBench(polygonTool, 6, 5, [square()]);
    bench.options = { ...bench.options, polygonMode: 'edit' };
    bench.click(2, 2).send('confirm', 0, 0);
    expect(bench.labels).toEqual([]);
  });
});

describe('fill', () => {
  const ring = () => objectOf('a', 1, draw('#####', '#...#', '#.#.#', '#...#', '#####'));

  it('closes only the hole that was clicked', () => {
    const two = objectOf('a', 1, draw('#######', '#.###.#', '#######'));
    const bench = new ToolBench(fillTool, 7, 3, [two]);
    bench.click(1.5, 1.5);
    expect(rowsOf(bench.objects[0]!.mask)).toEqual(['#######', '#####.#', '#######']);
  });

  it('gives a part to the active class', () => {
    const bench = new ToolBench(fillTool, 5, 5, [ring()]);
    bench.categoryId = 2;
    bench.click(2.5, 2.5);
    expect(bench.objects.map((object) => [object.categoryId, object.area])).toEqual([
      [1, 16],
      [2, 1],
    ]);
  });

  it('outside of everything it says that there is nothing to fill', () => {
    const bench = new ToolBench(fillTool, 6, 5, [square()]);
    bench.click(0.5, 0.5);
    expect([bench.labels, bench.notes]).toEqual([[], [{ kind: 'nothing' }]]);
  });
});

describe('split and merge', () => {
  it('a dragged line parts the object and loses no pixel', () => {
    const bench = new ToolBench(splitTool, 6, 5, [square()]);
    bench.scale = 4;
    bench.drag([
      [3.5, 0],
      [3.5, 5],
    ]);
    expect(bench.objects.map((object) => object.area).reduce((a, b) => a + b)).toBe(12);
    expect(bench.objects.length).toBe(2);
  });

  it('a line beside the object does nothing and says so', () => {
    const bench = new ToolBench(splitTool, 6, 5, [square()]);
    bench.scale = 4;
    bench.drag([
      [0.2, 0],
      [0.2, 5],
    ]);
    expect([bench.labels, bench.notes]).toEqual([[], [{ kind: 'nothing' }]]);
  });

  it('merging joins into the first and removes the others', () => {
    const bench = new ToolBench(mergeTool, 4, 1, [
      objectOf('a', 1, draw('#...')),
      objectOf('b', 1, draw('...#')),
    ]);
    bench.click(0.5, 0.5).click(3.5, 0.5).send('confirm', 0, 0);
    expect(bench.objects.map((object) => rowsOf(object.mask))).toEqual([['#..#']]);
  });
});

const grey = (value: number) => [value, value, value, 255];

describe('wand', () => {
  const pixels = {
    width: 4,
    height: 1,
    data: Uint8ClampedArray.from([
      10, 10, 10, 255, 20, 20, 20, 255, 90, 90, 90, 255, 12, 12, 12, 255,
    ]),
  };

  it('takes connected pixels like the seed and widens while dragging right', () => {
    const bench = new ToolBench(wandTool, 4, 1);
    bench.pixels = pixels;
    bench.options = { ...bench.options, tolerance: 4 };
    bench.send('down', 0.5, 0.5).send('move', 20.5, 0.5).send('up', 20.5, 0.5);
    expect(rowsOf(bench.objects[0]!.mask)).toEqual(['##..']);
  });

  it('finds the same colour anywhere when asked', () => {
    const bench = new ToolBench(wandTool, 4, 1);
    bench.pixels = pixels;
    bench.options = { ...bench.options, tolerance: 4, contiguous: false };
    bench.click(0.5, 0.5);
    expect(rowsOf(bench.objects[0]!.mask)).toEqual(['#..#']);
  });

  it('compares with the middle colour around the press: a grain there does not decide', () => {
    // A field of 50 with grains of 200 at two places; an edge to 120 on the right.
    const rows = ['....|', '.##.|', '....|', '....|'];
    const shades = { '.': 50, '#': 200, '|': 120 };
    const found = (sample: SampleSide) => {
      const bench = new ToolBench(wandTool, 5, 4);
      const data = rows.flatMap((row) => [...row].flatMap((c) => grey(shades[c as '.'])));
      bench.pixels = { width: 5, height: 4, data: Uint8ClampedArray.from(data) };
      bench.options = { ...bench.options, tolerance: 4, speck: 0, contiguous: false, sample };
      bench.click(1.5, 1.5);
      return rowsOf(bench.objects[0]!.mask);
    };
    expect(found(1)).toEqual(['.....', '.##..', '.....', '.....']);
    for (const sample of [3, 5] as const)
      expect(found(sample)).toEqual(['####.', '#..#.', '####.', '####.']);
  });

  it('without pixels it leaves a question, and Escape takes it back', () => {
    const bench = new ToolBench(wandTool, 4, 1);
    bench.options = { ...bench.options, tolerance: 4, shapeMode: 'add' };
    bench.send('down', 0.5, 0.5).send('move', 20.5, 0.5).send('up', 20.5, 0.5);
    const { asked } = bench.state;
    expect([asked, bench.busy, bench.notes]).toEqual([
      { imageId: 1, x: 0, y: 0, tolerance: 12, contiguous: true, sample: 3, shapeMode: 'add' },
      true,
      [],
    ]);
    bench.send('cancel', 0, 0);
    expect([bench.busy, bench.objects]).toEqual([false, []]);
  });
});

describe('what a knife parts', () => {
  it('is whole again when it is merged: no slit stays between the halves', () => {
    const whole = draw(...Array.from({ length: 12 }, () => '############'));
    const cut = new ToolBench(splitTool, 12, 12, [objectOf('a', 1, whole)]);
    cut.send('down', 0.2, 3.1).send('move', 11.8, 8.7).send('up', 11.8, 8.7);
    expect(cut.objects).toHaveLength(2);
    const joined = new ToolBench(mergeTool, 12, 12, cut.objects);
    joined.selection = cut.objects.map((object) => object.id);
    joined.send('confirm', 0, 0);
    expect(joined.objects.map(({ mask }) => rowsOf(mask))).toEqual([rowsOf(whole)]);
  });
});

describe('specks of the wand', () => {
  const grain = ['######..', '#.####..', '######.#', '######..'];
  const pixels = {
    width: 8,
    height: 4,
    data: Uint8ClampedArray.from(
      grain.flatMap((row) =>
        [...row].flatMap((c) => (c === '#' ? [9, 9, 9, 255] : [0, 200, 0, 255])),
      ),
    ),
  };
  const found = (speck: number) => {
    const bench = new ToolBench(wandTool, 8, 4);
    bench.pixels = pixels;
    bench.options = { ...bench.options, tolerance: 4, contiguous: false, speck };
    bench.click(0.5, 0.5);
    return rowsOf(bench.objects[0]!.mask);
  };

  it('holes and islands under the given size are not kept', () => {
    expect(found(0)).toEqual(grain);
    expect(found(2)).toEqual(['######..', '######..', '######..', '######..']);
  });

  it('what is small as a whole stays: it was clicked on purpose', () => {
    expect(found(1000)[0]).toContain('#');
  });
});

describe('ellipse', () => {
  it('fills the box between two corners, round, and within half a pixel', () => {
    const bench = new ToolBench(boxTool, 60, 40);
    bench.options = { ...bench.options, boxShape: 'ellipse' };
    bench.drag([
      [5, 5],
      [55, 35],
    ]);
    const [ellipse] = bench.objects;
    expect(ellipse!.box).toEqual([5, 5, 50, 30]);
    expect(Math.abs(ellipse!.area - Math.PI * 25 * 15)).toBeLessThan(25);
    expect(rowsOf(ellipse!.mask)[5]![5]).toBe('.');
  });
});
