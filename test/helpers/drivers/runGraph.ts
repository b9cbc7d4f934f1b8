// Runs a graph of models/ir on onnxruntime's CPU provider, for tests of operators and gradients.
import { openGraph, type Array32 } from '../../../electron/inference/session/ort.ts';
import type { Graph } from '../../../models/ir/graph.ts';
import { writeOnnx } from '../../../models/onnx/write.ts';

/** A graph that is open and can be run again and again. */
export interface RunnableGraph {
  /** Outputs by name for inputs by name. */
  run(feeds: Readonly<Record<string, Array32>>): Promise<Record<string, Array32>>;
  dispose(): Promise<void>;
}

export async function runnable(graph: Graph, folder = '.'): Promise<RunnableGraph> {
  const outputs = graph.outputs.map(({ name }) => name);
  const inputs = graph.inputs.map(({ name }) => name);
  const session = await openGraph({ onnx: writeOnnx(graph), inputs, outputs }, folder, 'cpu', {
    threads: 1,
  });
  return { run: (feeds) => session.run(feeds, outputs), dispose: () => session.dispose() };
}

/** A float tensor. */
export const f32 = (values: readonly number[], shape: readonly number[]): Array32 => ({
  data: Float32Array.from(values),
  shape,
});
