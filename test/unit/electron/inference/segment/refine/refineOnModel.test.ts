// Edges asked of a model in the session's thread: what it borrows, what it is asked, and how it ends.
import { describe, expect, test } from 'vitest';
import type { ClickImage } from '../../../../../../electron/inference/segment/clickImage.ts';
import { refineOnModel } from '../../../../../../electron/inference/segment/refine/refineOnModel.ts';
import {
  refineLook,
  withRefinedEdges,
} from '../../../../../../electron/inference/segment/refine/refineMasks.ts';
import type { OrtSegmentModel } from '../../../../../../electron/inference/segment/segmentModel.ts';
import type { Lease } from '../../../../../../electron/inference/shelf/shelf.ts';
import type { MaskOptions } from '../../../../../../electron/link/facts.ts';
import type { StageProgress } from '../../../../../../electron/link/protocol.ts';
import { modelFrame } from '../../../../../../models/sam/frame.ts';
import { answer, found, inDiscs, logits, SIDE, type Disc } from './scenes.ts';

const image: ClickImage = {
  frame: modelFrame(SIDE, SIDE, SIDE),
  width: SIDE,
  height: SIDE,
  rgb: new Uint8Array(SIDE * SIDE * 3),
};
const preprocessing = { mean: [0, 0, 0], std: [1, 1, 1] };
const key = { pack: {}, imageHash: 'aa', crop: '' } as never;

/** A model that draws these discs, whatever it is asked, and what happened to it. */
function modelOf(...discs: readonly Disc[]) {
  const events: string[] = [];
  const prompts: { points: readonly { x: number; y: number; label: number }[] }[] = [];
  const model = {
    info: { packHash: 'sam', preprocessing },
    encode: () => (events.push('encode'), Promise.resolve(new Float32Array(1))),
    decode: (_: Float32Array, asked: typeof prompts) => {
      events.push('decode');
      prompts.push(...asked);
      const one = answer(logits(inDiscs(...discs)));
      return Promise.resolve({
        logits: Float32Array.from(asked.flatMap(() => [...one.logits])),
        iou: Float32Array.from(asked.flatMap(() => [...one.iou])),
      });
    },
  } as unknown as OrtSegmentModel;
  const lease = <T>(value: T, name: string): Promise<Lease<T>> => {
    events.push(`borrow ${name}`);
    const release = () => Promise.resolve(void events.push(`release ${name}`));
    return Promise.resolve({ value, fresh: true, release });
  };
  const shelves = {
    clicks: () => lease(model, 'model'),
    embedding: async (_: string, make: () => Promise<Float32Array>) => lease(await make(), 'image'),
  };
  return { events, prompts, shelves };
}

async function refined(
  scene: ReturnType<typeof found>['scene'],
  model: ReturnType<typeof modelOf>,
  cancelled: () => boolean = () => false,
) {
  const told: StageProgress[] = [];
  const edges = await refineOnModel({ key, image, scene, split: false }, model.shelves, {
    cancelled,
    threads: 1,
    turn: () => Promise.resolve(void model.events.push('turn')),
    progress: (one) => void told.push(one),
    ask: () => Promise.reject(new Error('nothing is asked')),
  });
  return { edges, told };
}

describe('edges on the model', () => {
  test('need no model where there is no part', async () => {
    const model = modelOf();
    expect((await refined(found([[[30, 30, 3]]]).scene, model)).edges).toEqual([]);
    expect(model.events).toEqual([]);
  });

  test('read the image once, let others go ahead before each run, and give back what they borrowed', async () => {
    const model = modelOf([30, 30, 11]);
    const { edges, told } = await refined(found([[[30, 30, 12]]]).scene, model);
    expect(edges[0]!.pieces).toHaveLength(1);
    expect(model.events).toEqual([
      ...['borrow model', 'turn', 'encode', 'borrow image', 'turn', 'decode', 'turn', 'decode'],
      ...['release image', 'release model'],
    ]);
    // The first click lies in the middle of the disc, counted in pixels as the model does.
    expect(model.prompts[0]!.points[0]).toMatchObject({ label: 1 });
    expect(Math.abs(model.prompts[0]!.points[0]!.x - 29.5)).toBeLessThan(1.5);
    expect(told.map(({ done, total }) => [done, total])).toEqual([
      [0, 1],
      [1, 1],
    ]);
  });

  test('take nothing from beside the image, where no model was taught what is there', async () => {
    const { scene } = found([[[30, 30, 12]]]);
    const narrow = { ...scene, frame: { ...scene.frame, columns: 34, rows: 36 } };
    const { edges } = await refined(narrow, modelOf([30, 30, 11]));
    const { logits: drawn } = edges[0]!.pieces[0]!;
    expect([drawn[30 * SIDE + 33], drawn[30 * SIDE + 34]]).toEqual([6, -32]);
    expect([drawn[35 * SIDE + 30], drawn[36 * SIDE + 30]]).toEqual([6, -32]);
    expect(drawn[20 * SIDE]).toBe(-6);
    expect(drawn.at(-1)).toBe(-32);
  });

  test('end when they are cancelled, with everything given back', async () => {
    const model = modelOf([30, 30, 11]);
    const { scene } = found([[[30, 30, 12]]]);
    await expect(refined(scene, model, () => model.events.includes('decode'))).rejects.toThrow();
    expect(model.events.slice(-3)).toEqual(['turn', 'release image', 'release model']);
  });
});

describe('masks of a run', () => {
  const { scene } = found([[[30, 30, 12]]]);
  const options = (more: Partial<MaskOptions> = {}) =>
    ({ refine: { pack: {}, imageHash: 'aa' }, draft: false, instances: [], ...more }) as never;
  const made = {
    scene,
    masks: [{ categoryId: 1 }, { categoryId: 2 }],
    other: 'kept',
    facts: { milliseconds: { crf: 3 } },
  } as never;
  const look = { side: SIDE, low: SIDE, there: false } as never;
  function threadsOf() {
    const asked: [string, unknown][] = [];
    const call = (task: string, input: unknown) => {
      asked.push([task, input]);
      const composed = [{ categoryId: 1, isNew: true }, { categoryId: 2 }];
      return Promise.resolve(task === 'compose' ? composed : { [task]: true });
    };
    return { threads: { session: call, pixels: call } as never, asked };
  }

  test('ask how the model wants its image only where edges are to be refined', async () => {
    const { threads, asked } = threadsOf();
    expect(await refineLook(options(), threads)).toEqual({ clickLook: true });
    expect(await refineLook(options({ draft: true }), threads)).toBeUndefined();
    expect(await refineLook(options({ refine: undefined as never }), threads)).toBeUndefined();
    expect(asked).toEqual([['clickLook', { pack: {}, imageHash: 'aa', crop: '' }]]);
  });

  test('are the same without a look, a wish or a scene, and never carry the scene', async () => {
    const { threads, asked } = threadsOf();
    const { scene: _, ...bare } = made as { scene: object };
    const place = { path: '/a.jpg', options: options() };
    expect(await withRefinedEdges(made, place, undefined, threads)).toEqual(bare);
    expect(await withRefinedEdges(bare as never, place, look, threads)).toEqual(bare);
    const plain = { ...place, options: options({ refine: undefined as never }) };
    expect(await withRefinedEdges(made, plain, look, threads)).toEqual(bare);
    expect(asked).toEqual([]);
  });

  test('get other edges, split where things are, and only those that are wanted', async () => {
    const { threads, asked } = threadsOf();
    const whole = await withRefinedEdges(
      made,
      { path: '/a.jpg', options: options(), only: [2 as never] },
      look,
      threads,
    );
    expect(whole).toMatchObject({ other: 'kept', masks: [{ categoryId: 2 }] });
    const { milliseconds } = (
      whole as unknown as { facts: { milliseconds: Record<string, number> } }
    ).facts;
    expect(milliseconds['crf']).toBe(3);
    expect(milliseconds['refine']).toBeGreaterThanOrEqual(0);
    expect(milliseconds['refine']).toBeLessThan(10_000);
    const all = { path: '/a.jpg', options: options({ instances: [1 as never] }) };
    expect((await withRefinedEdges(made, all, look, threads)).masks).toHaveLength(2);
    expect(asked.map(([task]) => task).slice(3)).toEqual(['clickImage', 'refineParts', 'compose']);
    const splits = asked.filter(([task]) => task === 'compose').map(([, input]) => input);
    expect(splits).toMatchObject([{ split: false }, { split: true }]);
  });
});

test('nothing is drawn where the model finds nothing', async () => {
  const model = modelOf();
  const { edges } = await refined(found([[[30, 30, 12]]]).scene, model);
  expect(edges).toMatchObject([{ pieces: [], kept: { kind: 'kept' } }]);
});
