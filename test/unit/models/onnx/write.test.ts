// ONNX bytes: deterministic, small, and read by onnxruntime as they were meant.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blipItm } from '../../../../models/blip-itm/family.ts';
import { input, output, weight } from '../../../../models/ir/builder.ts';
import { createGraph } from '../../../../models/ir/graph.ts';
import { writeOnnx } from '../../../../models/onnx/write.ts';
import { add, cast } from '../../../../models/ops/elementwise.ts';
import { readSafetensorsIndex } from '../../../../models/safetensors/reader.ts';
import { BLIP_CASE, blipConfig } from '../../../helpers/fixtures/blipCase.ts';
import { f32, runnable } from '../../../helpers/drivers/runGraph.ts';
import { temporaryFolder } from '../../../helpers/drivers/temporaryFolder.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const weights = await readSafetensorsIndex(join(BLIP_CASE, 'model.safetensors'));

describe('graph bytes', () => {
  test('of the same config and weights are the same, and as they were when last changed', () => {
    const bytes = () => ({
      vision: sha256(blipItm.vision(blipConfig(), weights).onnx),
      match: sha256(blipItm.match(blipConfig(), weights).onnx),
      explain: sha256(blipItm.explain(blipConfig(), weights, [0, 2]).onnx),
    });
    expect(bytes()).toEqual(bytes());
    // A change of these hashes is a change of every pack's graphs: say why in the commit.
    expect(bytes()).toMatchInlineSnapshot(`
      {
        "explain": "749ebc8b89bbc3e4f5ab9ba3082606f0d534f751a413402e2eae7179369f2a86",
        "match": "b354077aa0e4e12b9d2cb0038035b8d732003be3a76b7837d3ccb146e1a194a4",
        "vision": "795c5cbfd954442b98bd7833a50171e01acd9844c61a226953f27425f912148a",
      }
    `);
  });

  test('hold no weights: they stay in the checkpoint', () => {
    const bytes = blipItm.explain(blipConfig(), weights, [0]).onnx;
    const table = weights.get('text_encoder.embeddings.word_embeddings.weight');
    expect(bytes.length).toBeLessThan(200_000);
    expect(Buffer.from(bytes).includes(`${table?.offset}`)).toBe(true);
    expect(Buffer.from(bytes).includes('model.safetensors')).toBe(true);
  });
});

describe('external weights', () => {
  for (const offset of [0, 1, 3, 64])
    test(`are read at byte ${offset} of a larger file`, async () => {
      await using folder = await temporaryFolder();
      const values = Float32Array.of(1.5, -2, 3.25);
      writeFileSync(
        join(folder.path, 'weights.bin'),
        Buffer.concat([
          Buffer.alloc(offset, 0xff),
          Buffer.from(values.buffer),
          Buffer.alloc(5, 0xff),
        ]),
      );
      const graph = createGraph('external');
      const x = input(graph, 'x', 'F32', [3]);
      const data = { kind: 'external', file: 'weights.bin', offset, length: 12 } as const;
      output(graph, 'y', add(graph, x, weight(graph, 'w', { dtype: 'F32', shape: [3] }, data)));
      const run = await runnable(graph, folder.path);
      const { y } = await run.run({ x: f32([1, 1, 1], [3]) });
      expect([...(y?.data ?? [])]).toEqual([2.5, -1, 4.25]);
      await run.dispose();
    });

  test('are read as bfloat16 where they are stored so', async () => {
    await using folder = await temporaryFolder();
    // 1, -2 and 0.5 are the upper halves of their F32 patterns.
    writeFileSync(
      join(folder.path, 'w'),
      Buffer.from(Uint16Array.of(0x3f80, 0xc000, 0x3f00).buffer),
    );
    const graph = createGraph('bf16');
    const x = input(graph, 'x', 'F32', [3]);
    const data = { kind: 'external', file: 'w', offset: 0, length: 6 } as const;
    const stored = weight(graph, 'w', { dtype: 'BF16', shape: [3] }, data);
    output(graph, 'y', add(graph, x, cast(graph, stored, 'F32')));
    const run = await runnable(graph, folder.path);
    const { y } = await run.run({ x: f32([0, 0, 0], [3]) });
    expect([...(y?.data ?? [])]).toEqual([1, -2, 0.5]);
    await run.dispose();
  });
});

test('a constant with a side of unknown size is refused', () => {
  const graph = createGraph('open');
  const data = { kind: 'external', file: 'w', offset: 0, length: 6 } as const;
  output(graph, 'y', weight(graph, 'w', { dtype: 'F32', shape: ['batch'] }, data));
  expect(() => writeOnnx(graph)).toThrow('the constant w has a side of unknown size, batch');
});
