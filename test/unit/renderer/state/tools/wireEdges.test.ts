// Edges found beside the page's thread: the newest place is asked about, answers that are over are dropped, and a
// press waits for its own.
import { describe, expect, it } from 'vitest';
import type { Box, ImageId } from '../../../../../electron/api/types.ts';
import { imagePoint } from '../../../../../renderer/src/geometry/viewport.ts';
import {
  WireEdges,
  type WireWorker,
} from '../../../../../renderer/src/state/tools/wireEdges.svelte.ts';
import {
  makeAnswers,
  type WireQuestion,
} from '../../../../../renderer/src/tools/polygon/wireTalk.ts';
import type { ToolEvent } from '../../../../../renderer/src/tools/types.ts';

const IMAGE = { width: 1400, height: 900 };
const ID = 1 as ImageId;
const FROM = { x: 700, y: 300 };

/** A bright column from x 700 on: its left border is the edge. */
function part([left, , width, height]: Box) {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let at = 0; at < width * height; at += 1)
    data.fill(left + (at % width) < 700 ? 30 : 200, 4 * at, 4 * at + 3);
  return { width, height, data };
}

/** A worker that runs what the real one runs, over copies as between threads, when it is told to. */
function bench() {
  const asked: WireQuestion[] = [];
  const sent: ToolEvent[] = [];
  const notices: string[] = [];
  const workers: WireWorker[] = [];
  let answers = makeAnswers();
  const start = (): WireWorker => {
    answers = makeAnswers();
    const worker = {
      onmessage: null,
      onerror: null,
      terminate: () => undefined,
      postMessage: (question: WireQuestion, transfer: ArrayBuffer[] = []) =>
        asked.push(structuredClone(question, { transfer })),
    } as unknown as WireWorker;
    workers.push(worker);
    return worker;
  };
  const edges = new WireEdges(
    { part },
    { add: (_, __, message) => notices.push(message), end: () => undefined },
    (event) => sent.push(event),
    start,
  );
  /** Answers what was asked so far, oldest first. */
  const work = (most = asked.length) => {
    for (const question of asked.splice(0, most)) {
      const data = answers(question);
      const message = { data: structuredClone(data) } as MessageEvent;
      if (data) workers.at(-1)!.onmessage!.call(workers.at(-1)! as Worker, message);
    }
  };
  const fail = (event: { message?: string }) =>
    workers
      .at(-1)!
      .onerror!.call(
        workers.at(-1)! as Worker,
        { ...event, preventDefault: () => undefined } as ErrorEvent,
      );
  return { edges, asked, sent, notices, workers, work, fail, of: () => edges.of(ID, IMAGE, 0) };
}

const event = (kind: ToolEvent['kind'], x: number, y: number): ToolEvent => ({
  kind,
  point: imagePoint(x, y),
  shift: false,
  alt: false,
  ctrl: false,
});

describe('edges of a polygon', () => {
  it('come as the place in the whole image, from a window that is handed over', () => {
    const { of, asked, work } = bench();
    expect(of().near({ x: 702, y: 300 })).toEqual({ x: 700, y: 300 });
    expect(of().way(FROM, { x: 701, y: 420 })).toEqual({ line: undefined, waits: true });
    const { part: given } = asked[0] as WireQuestion & { kind: 'from' };
    expect(given.pixels.data.length).toBeLessThan(4 * 530 * 530);
    work();
    const { line, waits } = of().way(FROM, { x: 701, y: 420 });
    expect(waits).toBe(false);
    expect(line!.end).toEqual({ x: 700, y: 420 });
    expect(line!.between.filter((_, i) => i % 2 === 0).every((x) => x === 700)).toBe(true);
  });

  it('of a moving pointer: one question at a time, then the newest place, and the side shown follows', () => {
    const { edges, of, asked, sent, work } = bench();
    const move = (y: number) => {
      edges.holds(event('hover', 700, y));
      return of().way(FROM, { x: 700, y });
    };
    for (const y of [320, 330, 340, 350]) move(y);
    expect(asked.map(({ kind }) => kind)).toEqual(['from', 'to']);
    work();
    // The answer of the first shows meanwhile; the last is asked next.
    expect(sent.at(-1)).toEqual(event('hover', 700, 350));
    expect(asked).toMatchObject([{ kind: 'to', to: { y: 350 } }]);
    expect(move(350)).toMatchObject({ line: { end: { y: 320 } }, waits: true });
    work();
    expect(move(350)).toMatchObject({ line: { end: { y: 350 } }, waits: false });
  });

  it('an answer that comes after a press of another kind shows no place from before it', () => {
    const { edges, of, sent, work } = bench();
    edges.holds(event('hover', 700, 320));
    of().way(FROM, { x: 700, y: 320 });
    expect(edges.holds({ ...event('down', 640, 420), ctrl: true })).toBe(false);
    work();
    expect(sent).toEqual([]);
  });

  it('an answer from a start that is over is dropped', () => {
    const { of, work } = bench();
    of().way(FROM, { x: 700, y: 420 });
    const other = { x: 700, y: 500 };
    const way = () => of().way(other, { x: 700, y: 600 });
    way();
    work(2);
    expect(way()).toEqual({ line: undefined, waits: true });
    work();
    expect(way()).toMatchObject({ line: { end: { y: 600 } }, waits: false });
  });

  it('a press waits, and what follows it comes after it in order', () => {
    const { edges, of, sent, work } = bench();
    const down = event('down', 700, 420);
    expect(edges.holds(down)).toBe(false);
    expect(of().way(FROM, down.point).waits).toBe(true);
    edges.wait(down);
    const after = [event('up', 700, 420), event('down', 640, 420), event('confirm', 640, 420)];
    for (const one of after) expect(edges.holds(one)).toBe(true);
    expect(sent).toEqual([]);
    work();
    expect(sent).toEqual([down, ...after]);
    expect(edges.holds(event('move', 1, 1))).toBe(false);
  });

  it('a press that nobody waits for any more is made with a straight side', () => {
    const { edges, of, sent } = bench();
    const down = event('down', 700, 420);
    of().way(FROM, down.point);
    edges.wait(down);
    edges.settle();
    expect(sent).toEqual([down]);
    expect(edges.holds(event('up', 700, 420))).toBe(false);
  });

  it('say why there are none, wait for nothing then, and are tried again from the next point', () => {
    const { edges, of, sent, notices, workers, fail, work } = bench();
    const down = event('down', 700, 420);
    of().way(FROM, down.point);
    edges.wait(down);
    fail({ message: 'out of memory' });
    expect(sent).toEqual([down]);
    expect(notices).toEqual([expect.stringContaining('out of memory')]);
    expect(of().way(FROM, down.point)).toEqual({ line: null, waits: false });
    expect(workers).toHaveLength(1);
    const next = { x: 700, y: 420 };
    of().way(next, { x: 700, y: 500 });
    work();
    expect(of().way(next, { x: 700, y: 500 })).toMatchObject({ line: { end: { y: 500 } } });
    expect(workers).toHaveLength(2);
  });

  it('say so in words where the worker was not loaded, which has no reason with it', () => {
    const { of, notices, fail } = bench();
    of().way(FROM, { x: 700, y: 420 });
    fail({});
    expect(notices).toEqual([expect.stringContaining('could not be loaded')]);
  });
});
