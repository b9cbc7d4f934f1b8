// An engine on a temporary folder with the sample images, a real inference process, and room for packs.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImageId } from '../../../electron/api/types.ts';
import type { Input, MethodName, Output } from '../../../electron/api/methods.ts';
import { createEngine, type Engine } from '../../../electron/engine/engine.ts';
import { childProcessSpawner } from '../../../electron/engine/inferenceLink/child.ts';
import { createInferenceHost } from '../../../electron/engine/inferenceLink/host.ts';
import { SOURCE_DEMO_PACK } from '../../../models/packs/places.ts';

const ENTRY = fileURLToPath(new URL('../../../electron/inference/entry.ts', import.meta.url));
const SAMPLES = fileURLToPath(new URL('../../../models/demo/samples', import.meta.url));

export interface ModelEngine {
  readonly root: string;
  readonly engine: Engine;
  /** Where packs are looked for. */
  readonly packs: string;
  readonly logs: readonly string[];
  call<M extends MethodName>(
    method: M,
    input: Input<M>,
    options?: { signal?: AbortSignal; onProgress?: (event: unknown) => void },
  ): Promise<Output<M>>;
  /** Ids of the sample images by name. */
  images(): Promise<ReadonlyMap<string, ImageId>>;
  /** Ends the inference process; the next question starts another. */
  restartModel(): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Starts it and opens the samples; `entry` in place of the inference process's own, `onSpawn` with the id of
 * each inference process.
 */
export async function modelEngine({
  entry = ENTRY,
  onSpawn = () => undefined,
}: { entry?: string; onSpawn?: (pid: number) => void } = {}): Promise<ModelEngine> {
  const root = await mkdtemp(join(tmpdir(), 'salience-model-'));
  await cp(SAMPLES, join(root, 'images'), { recursive: true });
  const logs: string[] = [];
  const log = (line: string) => void logs.push(line);
  const packs = join(root, 'packs');
  const spawn = childProcessSpawner(entry, { log, onSpawn });
  const inference = createInferenceHost({ spawn, log });
  const engine = await createEngine({
    userDataFolder: join(root, 'user'),
    inference,
    host: {
      kind: 'browser',
      nativeDialogs: false,
      mediaBase: '/media/',
      roots: [],
      sampleFolder: null,
      packs: { builtIn: [SOURCE_DEMO_PACK], installed: packs },
    },
    log,
  });
  const call: ModelEngine['call'] = async (method, input, options = {}) => {
    const handler = engine.handlers.get(method);
    if (!handler) throw new Error(`no method ${method}`);
    return (await handler(input, {
      signal: options.signal ?? new AbortController().signal,
      clientId: 'test',
      progress: (event) => options.onProgress?.(event),
    })) as Output<typeof method>;
  };
  await call('project.openFolder', { folder: engine.handleOf(join(root, 'images')) });
  return {
    root,
    engine,
    packs,
    logs,
    call,
    async images() {
      const asked = { cursor: 0, limit: 100, filter: {}, order: 'name' } as const;
      const { images } = await call('image.list', asked);
      return new Map(images.map(({ name, id }) => [name, id]));
    },
    restartModel: () => inference.restart(),
    async close() {
      await engine.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
