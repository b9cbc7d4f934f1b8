// Questions to a model of patches: what its graphs are fed, and which of their outputs is the answer.
import { describe, expect, it } from 'vitest';
import { patchQuestions } from '../../../../../../electron/inference/engines/patches/patchModel.ts';

type Graphs = Parameters<typeof patchQuestions>[1];
type Family = Parameters<typeof patchQuestions>[0]['family'];

/** A grid of 2 x 3 patches; every graph answers with its outputs, numbered in the order asked. */
function bench() {
  const asked: { key: string; built: unknown; feeds: Parameters<Graphs['run']>[2] }[] = [];
  const kinds: unknown[] = [];
  const named = (name: string) => (_config: unknown, _weights: unknown, block?: unknown) =>
    block === undefined ? name : [name, block];
  const family = Object.fromEntries(
    ['judge', 'dense', 'trunk', 'share'].map((name) => [name, named(name)]),
  ) as unknown as Family;
  const graphs: Graphs = {
    run: (key, build, feeds, outputs) => {
      asked.push({ key, built: build(), feeds });
      return Promise.resolve(
        Object.fromEntries(
          outputs.map((name, at) => [name, { data: Float32Array.of(at), shape: [1] }]),
        ),
      );
    },
  };
  const questions = patchQuestions(
    { config: {}, weights: {} as never, family },
    graphs,
    (_pixels, height, width, kind) => {
      kinds.push([height, width, kind]);
      const pixels = { data: Float32Array.of(9), shape: [1] };
      return { rows: 2, columns: 3, feeds: { pixels } };
    },
  );
  return { questions, asked, kinds };
}
const pixels = new Float32Array(0);
const block = { arch: 'reduced', strategy: 'naclip' } as const;

describe('a model of patches', () => {
  it('is given the nearness of all its patches and the token before them', async () => {
    const { questions, asked, kinds } = bench();
    const made = await questions.densePatches!(pixels, { height: 32, width: 48 }, block, 5);
    expect(made).toEqual({ rows: 2, columns: 3, patches: Float32Array.of(0) });
    expect(asked[0]).toMatchObject({ key: 'dense reduced naclip', built: ['dense', block] });
    const omega = asked[0]!.feeds['omega']!;
    expect([omega.shape, omega.data.length]).toEqual([[7, 7], 49]);
    expect(kinds).toEqual([[32, 48, 'plusTenth']]);
    expect(await questions.lastAttention!(pixels, { height: 1, width: 1 }, block, 5)).toEqual(
      Float32Array.of(0),
    );
  });

  it('shares what stood before the last block: as many tokens as patches and one, the rest is their width', async () => {
    const { questions, asked } = bench();
    const beforeLast = new Float32Array(7 * 4);
    const start = new Float32Array(4);
    const trunk = { rows: 2, columns: 3, beforeLast } as Parameters<
      NonNullable<typeof questions.share>
    >[0];
    await questions.share!(trunk, start);
    expect(asked[0]!.feeds).toEqual({
      before_last: { data: beforeLast, shape: [7, 4] },
      start: { data: start, shape: [1, 4] },
    });
  });

  it('takes its trunk apart by the names of the outputs', async () => {
    const { questions, kinds } = bench();
    expect(await questions.trunk!(pixels, 8, 9)).toEqual({
      rows: 2,
      columns: 3,
      beforeLast: Float32Array.of(0),
      features: Float32Array.of(1),
      spread: Float32Array.of(2),
    });
    expect(kinds).toEqual([[8, 9, 'bilinear']]);
    expect(await questions.judgeImage!(pixels, 8, 9)).toEqual(Float32Array.of(0));
  });
});
