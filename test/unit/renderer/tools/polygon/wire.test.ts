// Live wire: the way along an edge of a photograph, and a polygon whose sides take it.
import { describe, expect, it } from 'vitest';
import type { Box } from '../../../../../electron/api/types.ts';
import type { Pixels } from '../../../../../electron/masks/regions/flood.ts';
import { bitmapFromMask } from '../../../../../electron/masks/runs/bitmap.ts';
import { polygonTool } from '../../../../../renderer/src/tools/polygon/polygon.ts';
import type { Drawing } from '../../../../../renderer/src/tools/polygon/state.ts';
import {
  edgeNear,
  partFrom,
  partNear,
  WINDOW,
  wireFrom,
} from '../../../../../renderer/src/tools/polygon/wire.ts';
import { onEdge } from '../../../../../renderer/src/tools/polygon/wireStrength.ts';
import { ToolBench } from '../../../../helpers/drivers/toolBench.ts';
import { randomFrom } from '../../../../helpers/fixtures/random.ts';

const CENTRE = { x: 60, y: 50 };
const RADIUS = 30;
const isInside = (x: number, y: number) =>
  Math.hypot(x + 0.5 - CENTRE.x, y + 0.5 - CENTRE.y) < RADIUS;

/** A disc on a ground, both with noise; `contrast` 0 = noise alone. */
function disc(width = 120, height = 100, contrast = 90): Pixels {
  const random = randomFrom(5);
  const data = new Uint8ClampedArray(4 * width * height);
  for (let at = 0; at < width * height; at += 1) {
    const light = isInside(at % width, Math.floor(at / width)) ? 60 + contrast : 60;
    for (let channel = 0; channel < 3; channel += 1)
      data[4 * at + channel] = light + 16 * (random() - 0.5);
    data[4 * at + 3] = 255;
  }
  return { width, height, data };
}
const whole = (pixels: Pixels) => ({ pixels, left: 0, top: 0, image: pixels });
const fromCentre = (x: number, y: number) => Math.hypot(x - CENTRE.x, y - CENTRE.y);
const ctrl = { shift: false, alt: false, ctrl: true };

describe('wire', () => {
  it('stays within a pixel of the edge of a disc, on the shorter side', () => {
    const found = wireFrom(whole(disc()), { x: 30, y: 50 }).to({ x: 60, y: 21 })!;
    const { between, end } = found;
    expect(between.length).toBeGreaterThan(6);
    for (let i = 0; i < between.length; i += 2) {
      expect(Math.abs(fromCentre(between[i]!, between[i + 1]!) - RADIUS)).toBeLessThan(1.2);
      expect(between[i]).toBeLessThanOrEqual(61);
      expect(between[i + 1]).toBeLessThanOrEqual(51);
    }
    expect(Math.abs(fromCentre(end.x, end.y) - RADIUS)).toBeLessThan(1.2);
  });

  it('is none where nothing but noise is on the way, and none beyond its window', () => {
    expect(wireFrom(whole(disc(120, 100, 0)), { x: 30, y: 50 }).to({ x: 60, y: 21 })).toBeNull();
    const wide = disc(2 * WINDOW, 100);
    expect(wireFrom(whole(wide), { x: 30, y: 50 }).to({ x: 30 + WINDOW, y: 50 })).toBeNull();
  });

  it('takes a press near an edge for the edge, and one away from it as it is', () => {
    const { x, y } = onEdge(disc(), { x: 32, y: 50 });
    expect(Math.abs(fromCentre(x, y) - RADIUS)).toBeLessThan(1);
    expect(onEdge(disc(), { x: 60, y: 50 })).toEqual({ x: 60, y: 50 });
  });

  it('works at the corners of the picture', () => {
    const picture = disc();
    for (const [x, y] of [
      [0, 0],
      [120, 100],
    ] as const)
      expect(() => wireFrom(whole(picture), { x, y }).to({ x: 120 - x, y: 100 - y })).not.toThrow();
  });
});

describe('a part of a picture', () => {
  /** Discs side by side: an edge within reach of every window. */
  const discs = (() => {
    const [width, height] = [WINDOW + 90, WINDOW + 60];
    const one = disc();
    const data = new Uint8ClampedArray(4 * width * height);
    for (let at = 0; at < width * height; at += 1) {
      const from =
        4 * ((Math.floor(at / width) % one.height) * one.width + ((at % width) % one.width));
      data.set(one.data.subarray(from, from + 4), 4 * at);
    }
    return { width, height, data };
  })();
  const partOf = (picture: Pixels, [left, top, width, height]: Box) => {
    const data = new Uint8ClampedArray(4 * width * height);
    for (let row = 0; row < height; row += 1) {
      const at = 4 * ((top + row) * picture.width + left);
      data.set(picture.data.subarray(at, at + 4 * width), 4 * row * width);
    }
    return { pixels: { width, height, data }, left, top, image: picture };
  };

  it.each([
    [30, 50],
    [270, 250],
    [510, 450],
  ])('gives the way from (%d, %d) that the whole of it gives, with salience too', (x, y) => {
    const values = Uint8Array.from({ length: 6 * 8 }, (_, at) => (at * 37) % 250);
    const guide = { map: { rows: 6, columns: 8, maximum: 1, values }, share: 0.4 };
    const from = { x, y };
    const part = partOf(discs, partFrom(discs, from));
    const [own, all] = [wireFrom(part, from, guide), wireFrom(whole(discs), from, guide)];
    for (const [dx, dy] of [
      [30, -29],
      [28, 31],
      [0, 30],
      [-150, 12],
      [WINDOW / 2, -WINDOW / 2],
      [-WINDOW / 2, WINDOW / 2],
    ] as const) {
      const to = { x: x + dx, y: y + dy };
      if (to.x < 0 || to.y < 0 || to.x > discs.width || to.y > discs.height) continue;
      expect(own.to(to)).toEqual(all.to(to));
    }
    // From the left end of a disc to its upper end, in places of the picture.
    const { between, end } = wireFrom(part, from).to({ x: x + 30, y: y - 29 })!;
    const far = (px: number, py: number) => fromCentre(px - x + 30, py - y + 50);
    expect(between.length).toBeGreaterThan(6);
    for (let i = 0; i < between.length; i += 2)
      expect(Math.abs(far(between[i]!, between[i + 1]!) - RADIUS)).toBeLessThan(1.2);
    expect(Math.abs(far(end.x, end.y) - RADIUS)).toBeLessThan(1.2);
  });

  it('tells the edge near to a point by its place in the picture', () => {
    const point = { x: 512, y: 450 };
    const near = edgeNear(partOf(discs, partNear(discs, point)), point);
    expect(near).toEqual(edgeNear(whole(discs), point));
    expect(near).not.toEqual(point);
  });

  it.each<[string, number, number, Box, Box]>([
    ['inside', 500, 400, [239, 139, 522, 522], [492, 392, 16, 16]],
    ['at the upper left', 0, 0, [0, 0, 261, 261], [0, 0, 8, 8]],
    ['at the lower right', 1000, 800, [739, 539, 261, 261], [992, 792, 8, 8]],
    ['to whole pixels', 499.6, 400.4, [239, 139, 522, 522], [492, 392, 16, 16]],
    ['of a point beside it: a pixel', 3000, 3000, [999, 799, 1, 1], [999, 799, 1, 1]],
    ['of a point before it: a pixel', -3000, -3000, [0, 0, 1, 1], [0, 0, 1, 1]],
  ])('is cut at the picture, %s', (_where, x, y, from, near) => {
    const image = { width: 1000, height: 800 };
    expect(partFrom(image, { x, y })).toEqual(from);
    expect(partNear(image, { x, y })).toEqual(near);
  });
});

describe('the window', () => {
  const HALF = WINDOW / 2;
  /** One straight edge, lying or standing, in a picture longer than the window. */
  const straight = (stands: boolean): Pixels => {
    const [width, height] = stands ? [40, 3 * WINDOW] : [3 * WINDOW, 40];
    const data = new Uint8ClampedArray(4 * width * height);
    for (let at = 0; at < width * height; at += 1)
      data.fill((stands ? at % width : Math.floor(at / width)) < 20 ? 40 : 200, 4 * at, 4 * at + 3);
    return { width, height, data };
  };

  it.each([
    ['lies', false],
    ['stands', true],
  ])('reaches half of its side each way along an edge that %s, to the pixel', (_how, stands) => {
    const picture = straight(stands);
    const end = 3 * WINDOW;
    const reaches = (from: number, to: number) => {
      const at = (along: number) => (stands ? { x: 20, y: along } : { x: along, y: 20 });
      return wireFrom(whole(picture), at(from)).to(at(to))?.between;
    };
    const middle = 600;
    expect(reaches(middle, middle + HALF)).toEqual([]);
    expect(reaches(middle, middle - HALF)).toEqual([]);
    expect(reaches(middle, middle + HALF + 1)).toBeUndefined();
    expect(reaches(middle, middle - HALF - 1)).toBeUndefined();
    // The picture ends before the window does.
    expect([reaches(0, 100), reaches(100, 0)]).toEqual([[], []]);
    expect([reaches(end, end - 100), reaches(end - 100, end)]).toEqual([[], []]);
  });
});

describe('an edge', () => {
  const SIDE = 12;
  /** Dark before the edge, light behind it; `down`: across the columns, so that it runs from side to side. */
  const split = (edge: number, down: boolean): Pixels => {
    const data = new Uint8ClampedArray(4 * SIDE * SIDE);
    for (let at = 0; at < SIDE * SIDE; at += 1) {
      const place = down ? Math.floor(at / SIDE) : at % SIDE;
      data.fill(place < edge ? 40 : 200, 4 * at, 4 * at + 3);
    }
    return { width: SIDE, height: SIDE, data };
  };
  const cases = [1, 6, SIDE - 1].flatMap((edge) =>
    [true, false].map((down) => ({ edge, down, where: down ? 'lies' : 'stands' })),
  );

  it.each(cases)('that $where at $edge is where the press goes, from end to end', (one) => {
    const picture = split(one.edge, one.down);
    const pressed = (along: number, across: number) => {
      const end = onEdge(picture, one.down ? { x: along, y: across } : { x: across, y: along });
      return one.down ? [end.x, end.y] : [end.y, end.x];
    };
    for (const along of [0, 1, 5, SIDE - 1, SIDE])
      for (let across = 0; across <= SIDE; across += 1) {
        const far = Math.abs(across - one.edge);
        const place = `${along} ${across}`;
        if (far <= 3) expect(pressed(along, across), place).toEqual([along, one.edge]);
        // Nothing changes there, nor where one row ends and the next begins.
        if (far >= 5) expect(pressed(along, across), place).toEqual([along, across]);
      }
  });
});

it('of two edges that are as near and as strong the first is meant', () => {
  const data = new Uint8ClampedArray(4 * 12 * 12);
  for (let at = 0; at < 144; at += 1)
    data.fill(at % 12 >= 3 && at % 12 < 7 ? 200 : 40, 4 * at, 4 * at + 3);
  expect(onEdge({ width: 12, height: 12, data }, { x: 5, y: 6 })).toEqual({ x: 3, y: 6 });
});

describe('a wire with salience', () => {
  /** Two edges between the ends: a strong one inside the thing, and a fainter one where it ends. */
  const stripes = (() => {
    const [width, height] = [200, 120];
    const data = new Uint8ClampedArray(4 * width * height).fill(255);
    for (let at = 0; at < width * height; at += 1) {
      const [x, y] = [at % width, Math.floor(at / width)];
      const isMiddle = x > 20 && x < 180 && y >= 30 && y < 90;
      const light = !isMiddle ? 40 : y < 60 ? 200 : 110;
      data.fill(light, 4 * at, 4 * at + 3);
    }
    return { width, height, data };
  })();
  /** The thing is the middle and what lies above; it ends at y 90. */
  const map = {
    rows: 12,
    columns: 20,
    maximum: 1,
    values: Uint8Array.from({ length: 240 }, (_, at) => (Math.floor(at / 20) < 9 ? 220 : 20)),
  };
  /** How far down the way from the left end of the inner edge to its right end goes. */
  const lowest = (share: number | null, picture = map) => {
    const guide = share === null ? null : { map: picture, share };
    const found = wireFrom(whole(stripes), { x: 21, y: 60 }, guide).to({ x: 180, y: 60 })!;
    return Math.max(...found.between.filter((_, at) => at % 2 === 1));
  };

  it('leaves an edge inside of the thing for the one where the salience falls', () => {
    expect(lowest(null)).toBeLessThan(62);
    expect(lowest(0.8)).toBeGreaterThan(88);
    // None of it leaves the photograph alone, and salience that is the same everywhere says nothing.
    expect(lowest(0)).toBeLessThan(62);
    expect(lowest(0.8, { ...map, values: map.values.map(() => 90) })).toBeLessThan(62);
  });

  it('meets the salience of its own place, however far from the corner of the picture', () => {
    // The stripes lie below and to the right of more than half a window of nothing.
    const [far, width, height] = [WINDOW / 2 + 134, 600, 520];
    const data = new Uint8ClampedArray(4 * width * height).fill(40);
    for (let row = 0; row < stripes.height; row += 1) {
      const line = stripes.data.subarray(4 * row * stripes.width, 4 * (row + 1) * stripes.width);
      data.set(line, 4 * ((far + row) * width + far));
    }
    // Salience falls along the outer edge alone: from column 20 on, below row 24.
    const values = Uint8Array.from({ length: 26 * 30 }, (_, at) =>
      Math.floor(at / 30) < 24 && at % 30 >= 20 ? 220 : 20,
    );
    const guide = { map: { rows: 26, columns: 30, maximum: 1, values }, share: 0.8 };
    const wire = wireFrom(whole({ width, height, data }), { x: far + 21, y: far + 60 }, guide);
    const { between } = wire.to({ x: far + 180, y: far + 60 })!;
    expect(Math.max(...between.filter((_, at) => at % 2 === 1))).toBeGreaterThan(far + 88);
  });

  it('a polygon takes it from the class in hand', () => {
    const bench = new ToolBench(polygonTool, 200, 120);
    bench.pixels = stripes;
    const way = () => {
      bench.send('hover', 180, 60, ctrl);
      return Math.max(...(bench.state as Drawing).wire!.filter((_, at) => at % 2 === 1));
    };
    bench.send('down', 21, 60, ctrl).send('up', 21, 60, ctrl);
    expect(way()).toBeLessThan(62);
    bench.guide = { map, share: 0.8 };
    expect(way()).toBeGreaterThan(88);
  });
});

describe('a polygon with Ctrl', () => {
  it('takes the edge between four presses: its pixels are those of the disc', () => {
    const bench = new ToolBench(polygonTool, 120, 100);
    bench.pixels = disc();
    for (const [x, y] of [
      [31, 51],
      [60, 19],
      [89, 49],
      [61, 79],
      [35, 66],
    ] as const)
      bench.send('down', x, y, ctrl).send('up', x, y, ctrl);
    bench.send('hover', 31, 51, ctrl).send('down', 31, 51, ctrl);
    const mask = bench.objects[0]!.mask;
    const bits = bitmapFromMask(mask);
    let both = 0;
    let either = 0;
    for (let y = 0; y < 100; y += 1)
      for (let x = 0; x < 120; x += 1) {
        const [mine, right] = [bits[y * 120 + x] === 1, isInside(x, y)];
        both += Number(mine && right);
        either += Number(mine || right);
      }
    expect(both / either).toBeGreaterThan(0.96);
  });

  it('shows the way before a press, says where there is none, and is straight then', () => {
    const bench = new ToolBench(polygonTool, 120, 100);
    bench.pixels = disc();
    const drawing = () => bench.state as Drawing;
    bench.send('down', 30, 50, ctrl).send('up', 30, 50, ctrl);
    expect(drawing().wire).toBeUndefined();
    bench.send('hover', 60, 21, ctrl);
    expect(drawing().wire!.length).toBeGreaterThan(6);
    bench.send('hover', 60, 21);
    expect(drawing()).not.toHaveProperty('wire');
    bench.pixels = disc(120, 100, 0);
    bench.send('hover', 100, 90, ctrl);
    expect(drawing().wire).toBeNull();
    bench.send('down', 100, 90, ctrl).send('up', 100, 90, ctrl);
    expect(drawing().points).toHaveLength(4);
    expect(polygonTool.step!({ kind: 'idle' }, drawing())).toEqual({ kind: 'point', number: 2 });
  });

  it('does without where the photograph is not at hand', () => {
    const bench = new ToolBench(polygonTool, 120, 100);
    bench.options = { ...bench.options, polygonEdges: true };
    bench.send('down', 30, 50).send('up', 30, 50).send('hover', 60, 21);
    expect((bench.state as Drawing).wire).toBeNull();
    bench.send('down', 60, 21).send('up', 60, 21);
    expect((bench.state as Drawing).points).toEqual([30, 50, 60, 21]);
  });
});
