// Whether a device calculates in half precision, tested with a small graph of the steps that every image
// encoder takes. Some cards and all software drivers of some kinds cannot.
import { input, output } from '../../../models/ir/builder.ts';
import { createGraph } from '../../../models/ir/graph.ts';
import { halfGraph } from '../../../models/precision/half.ts';
import { graphBytes } from '../../../models/onnx/write.ts';
import { matmul } from '../../../models/ops/linalg.ts';
import { transpose } from '../../../models/ops/movement.ts';
import { openGraph } from './ort.ts';

/** Null when the device can, else the runtime's own words for why not. */
export type HalfProbe = (provider: string) => Promise<string | null>;

const SIDE = 8;
/** Products of small whole numbers are exact in half precision. */
const VALUES = Float32Array.from({ length: SIDE * SIDE }, (_, i) => (i % 5) - 2);

/** Asks each provider once; `open` is replaceable for tests. */
export function createHalfProbe(open: typeof openGraph = openGraph): HalfProbe {
  const known = new Map<string, Promise<string | null>>();
  return (provider) => {
    const answer = known.get(provider) ?? probe(provider, open);
    known.set(provider, answer);
    return answer;
  };
}

async function probe(provider: string, open: typeof openGraph): Promise<string | null> {
  const graph = createGraph('half');
  const x = input(graph, 'x', 'F32', [SIDE, SIDE]);
  output(graph, 'y', matmul(graph, x, transpose(graph, x, [1, 0])));
  try {
    const session = await open(graphBytes(halfGraph(graph)), '.', provider, { threads: 1 });
    try {
      const { y } = await session.run({ x: { data: VALUES, shape: [SIDE, SIDE] } }, ['y']);
      return isProduct(y?.data) ? null : 'half precision gives wrong products';
    } finally {
      await session.dispose();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function isProduct(data: Float32Array | BigInt64Array | undefined): boolean {
  for (let row = 0; row < SIDE; row += 1)
    for (let column = 0; column < SIDE; column += 1) {
      let sum = 0;
      for (let i = 0; i < SIDE; i += 1)
        sum += (VALUES[row * SIDE + i] as number) * (VALUES[column * SIDE + i] as number);
      if (data?.[row * SIDE + column] !== sum) return false;
    }
  return true;
}
