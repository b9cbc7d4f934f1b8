// The only code that touches onnxruntime: makes a session from graph bytes and runs it.
// Creating and running block the thread although both return promises, so this belongs in a thread
// that has nothing else to answer.
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { GraphBytes } from '../../../models/family.ts';
import { loadRuntime } from './runtime.ts';

/** A tensor on its way in or out; row-major. */
export interface Array32 {
  readonly data: Float32Array | BigInt64Array;
  readonly shape: readonly number[];
}

export type Arrays = Readonly<Record<string, Array32>>;

/** How a session uses the machine; what is not given is onnxruntime's own choice. */
export interface SessionSettings {
  /** Threads inside one run. */
  readonly threads?: number;
  /** Keep freed memory for the next run: faster, holds more when idle. Default true. */
  readonly memoryArena?: boolean;
  /** Copy weights into the layout the kernels like best: faster, costs their size. Default true. */
  readonly prepack?: boolean;
  /** Profiles which provider runs what into files with this prefix, until endProfile. */
  readonly profilePrefix?: string;
}

export interface GraphSession {
  /** Runs the graph and gives the asked outputs. */
  run(feeds: Arrays, outputs: readonly string[]): Promise<Record<string, Array32>>;
  /** Ends the profile that profilePrefix began; the file is complete afterwards. */
  endProfile(): void;
  dispose(): Promise<void>;
}

/** Core ML's newer format of a model, for more operators than the first; named by a bit of its flags. */
const CORE_ML_PROGRAM = 0x10;

/** A provider as onnxruntime takes it. */
export const providerOption = (provider: string): InferenceSession.ExecutionProviderConfig =>
  provider === 'coreml' ? { name: 'coreml', coreMlFlags: CORE_ML_PROGRAM } : provider;

/** Opens a graph whose external weights lie in `folder`, on one execution provider. */
export async function openGraph(
  graph: GraphBytes,
  folder: string,
  provider: string,
  settings: SessionSettings = {},
): Promise<GraphSession> {
  const runtime = await loadRuntime();
  const session = await runtime.InferenceSession.create(graph.onnx, {
    executionProviders: [providerOption(provider)],
    graphOptimizationLevel: 'all',
    interOpNumThreads: 1,
    // DirectML asks for both.
    ...(provider === 'dml'
      ? { enableMemPattern: false, executionMode: 'sequential' as const }
      : {}),
    enableCpuMemArena: settings.memoryArena ?? true,
    // Errors only: the fallbacks that it warns about are reported by the caller.
    logSeverityLevel: 3,
    ...(settings.threads === undefined ? {} : { intraOpNumThreads: settings.threads }),
    ...(settings.profilePrefix === undefined
      ? {}
      : { enableProfiling: true, profileFilePrefix: settings.profilePrefix }),
    extra: {
      session: {
        model_external_initializers_file_folder_path: folder,
        // By default threads spin while they wait for work. The edges of the previous image need those
        // processors: a batch with the built-in pack on two cores is 1.5 times as fast without spinning.
        intra_op: { allow_spinning: '0' },
        ...(settings.prepack === false ? { disable_prepacking: '1' } : {}),
      },
    },
  });
  return {
    async run(feeds, outputs) {
      const missing = session.inputNames.filter((name) => !feeds[name]);
      if (missing.length > 0) throw new Error(`the graph needs the inputs ${missing.join(', ')}`);
      const given = Object.fromEntries(
        session.inputNames.map((name) => [name, tensor(runtime, feeds[name] as Array32)]),
      );
      const results = await session.run(given, [...outputs]);
      return Object.fromEntries(
        outputs.map((name) => {
          const value = results[name] as Tensor;
          return [name, { data: value.data as Array32['data'], shape: value.dims }];
        }),
      );
    },
    endProfile: () => session.endProfiling(),
    dispose: () => session.release(),
  };
}

function tensor(
  runtime: Awaited<ReturnType<typeof loadRuntime>>,
  { data, shape }: Array32,
): Tensor {
  return data instanceof Float32Array
    ? new runtime.Tensor('float32', data, shape)
    : new runtime.Tensor('int64', data, shape);
}
