// An engine on a temporary folder with an in-memory inference process: for unit and contract tests.
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Input, MethodName, Output } from '../../../electron/api/methods.ts';
import type {
  Annotation,
  AnnotationId,
  CategoryId,
  ImageId,
  Revision,
  RleMask,
  Transaction,
} from '../../../electron/api/types.ts';
import type { BatchRequest } from '../../../electron/api/job.ts';
import { AppError } from '../../../electron/api/errors.ts';
import type { EventName, Events } from '../../../electron/api/events.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import { createEngine } from '../../../electron/engine/engine.ts';
import { createInferenceHost } from '../../../electron/engine/inferenceLink/host.ts';
import type {
  MemoryOperations,
  MemoryProcesses,
} from '../../../electron/engine/inferenceLink/memory.ts';
import { memoryProcesses } from '../../../electron/engine/inferenceLink/memory.ts';
import { LOOK_BYTES } from '../../../electron/link/lookLayout.ts';
import type { OperationOutput } from '../../../electron/link/operations.ts';
import type { PackManifest } from '../../../models/packs/manifest.ts';

export interface Bench {
  readonly folder: string;
  readonly userData: string;
  readonly engine: Engine;
  readonly processes: MemoryProcesses;
  readonly logs: string[];
  readonly events: { event: EventName; payload: Events[EventName] }[];
  call<M extends MethodName>(
    method: M,
    input: Input<M>,
    options?: { signal?: AbortSignal; clientId?: string; onProgress?: (event: unknown) => void },
  ): Promise<Output<M>>;
  close(): Promise<void>;
}

export const SIDE = { width: 8, height: 6 } as const;

/** A temporary folder with `count` files that pass for images; the stand-in decoder does not read them. */
export async function imageFolder(count: number): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'salience-test-'));
  const folder = join(root, 'images');
  await mkdir(folder);
  for (let index = 1; index <= count; index += 1)
    await writeFile(join(folder, `img${index}.png`), `image ${index}`);
  return folder;
}

/** A pack folder that reads as one; no model is behind it. */
export async function fakePack(
  userData: string,
  more: Partial<PackManifest> = {},
): Promise<string> {
  const folder = join(userData, more.id ?? 'pack');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'model.safetensors'), '');
  await writeFile(join(folder, 'vocab.txt'), '');
  const manifest: PackManifest = {
    schemaVersion: 1,
    id: 'fake',
    name: 'Stand-in',
    kind: 'itm',
    family: 'blip',
    purpose: 'tests',
    licence: 'none',
    notes: '',
    source: null,
    parameters: 1,
    files: ['model.safetensors', 'vocab.txt'].map((path) => ({
      path,
      bytes: 0,
      sha256: createHash('sha256').update('').digest('hex'),
    })),
    weights: 'model.safetensors',
    config: null,
    tokenizer: { kind: 'wordpiece', file: 'vocab.txt' },
    preprocessing: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5], resize: 'bicubic' },
    defaults: { layers: [1], heads: 'mean', prefix: 'A picture of', parameters: {} },
    ...more,
  };
  await writeFile(join(folder, 'pack.json'), JSON.stringify(manifest));
  return folder;
}

/** Column-major rectangle mask over SIDE (or another size). */
export function rectangle(
  x: number,
  y: number,
  width: number,
  height: number,
  size: { width: number; height: number } = SIDE,
): RleMask {
  const counts: number[] = [];
  let value = 0;
  let run = 0;
  for (let column = 0; column < size.width; column += 1)
    for (let row = 0; row < size.height; row += 1) {
      const set = Number(column >= x && column < x + width && row >= y && row < y + height);
      if (set === value) run += 1;
      else {
        counts.push(run);
        value = set;
        run = 1;
      }
    }
  counts.push(run);
  return { ...size, counts: new Uint32Array(counts) };
}

export function annotationWith(
  id: string,
  categoryId: number,
  mask: RleMask,
  more: Partial<Annotation> = {},
): Annotation {
  return {
    id: id as AnnotationId,
    categoryId: categoryId as CategoryId,
    status: 'accepted',
    origin: 'user',
    mask,
    box: [0, 0, 1, 1],
    area: 1,
    z: 1,
    locked: false,
    isCrowd: false,
    edited: false,
    match: null,
    margin: null,
    crfChange: null,
    doubtful: false,
    runId: null,
    extra: {},
    ...more,
  };
}

export function transactionWith(
  txId: string,
  imageId: ImageId,
  changes: Transaction['changes'],
  more: Partial<Transaction> = {},
): Transaction {
  return {
    txId,
    imageId,
    label: `Edit ${txId}`,
    origin: 'user',
    gestureId: null,
    record: 'now',
    changes,
    ...more,
  };
}

/** The step that adds these objects to an image. */
export function additionOf(
  txId: string,
  imageId: ImageId,
  ...added: readonly Annotation[]
): Transaction {
  const changes = added.map((after) => ({ id: after.id, before: null, after }));
  return transactionWith(txId, imageId, changes);
}

/** Adds these objects to an image in which nothing was changed yet. */
export function addObjects(
  bench: Bench,
  txId: string,
  imageId: ImageId,
  ...added: readonly Annotation[]
): Promise<Output<'doc.commit'>> {
  const transaction = additionOf(txId, imageId, ...added);
  return bench.call('doc.commit', { transaction, baseRevision: 0 as Revision });
}

export function batchOf(more: Partial<BatchRequest> & { categoryIds: CategoryId[] }): BatchRequest {
  return {
    images: { kind: 'all' },
    auto: null,
    params: { preset: 'default', overrides: {} },
    packId: 'fake',
    merge: 'proposals',
    thresholds: {},
    ...more,
  };
}

/** Operations of a model that finds, for every class, one rectangle whose place follows from the file. */
export function standInOperations(
  more: MemoryOperations & { failFor?: (path: string) => void } = {},
): MemoryOperations {
  const masksFor = (
    classes: readonly { categoryId: CategoryId }[],
  ): OperationOutput<'prelabel.run'> => ({
    facts: {
      engine: 'pnp',
      evidence: ['passes', 'words', 'heads'],
      packHash: 'x',
      provider: 'stand-in',
      gridRows: 2,
      gridColumns: 2,
      inputSide: 32,
      layers: [1],
      heads: [],
      allLayers: 1,
      allHeads: 1,
      passes: [{ index: 0, weight: 1, z: [1], dropped: [[]] }],
      classes: classes.map(({ categoryId }, index) => ({
        categoryId,
        match: 0.9 - index * 0.3,
        absent: false,
        margin: 0.1,
        patchesKept: 2,
        patches: 4,
        histogram: Array.from({ length: 40 }, (_, bin) => (bin === 10 ? 2 : bin === 30 ? 2 : 0)),
        tokens: [],
      })),
      caption: 'A picture of',
      milliseconds: { encode: 1 },
    },
    masks: classes.map(({ categoryId }, index) => ({
      categoryId,
      mask: rectangle(index % 6, 1, 2, 3),
      match: 0.9 - index * 0.3,
      margin: 0.1,
      crfChange: 0.2,
      doubtful: index > 0,
      look: new Uint8Array(LOOK_BYTES).fill(100),
    })),
  });
  const { failFor, ...operations } = more;
  return {
    'image.probe': async ({ path }) => {
      const bytes = await readFile(path);
      if (bytes.toString().startsWith('broken'))
        throw new AppError('IMAGE_DAMAGED', 'not an image');
      const info = await stat(path);
      return {
        ...SIDE,
        orientation: 1,
        bytes: info.size,
        mtimeMs: info.mtimeMs,
        hash: createHash('sha256').update(bytes).digest('hex'),
      };
    },
    'image.scaled': async ({ target }) => {
      await mkdir(join(target, '..'), { recursive: true });
      await writeFile(target, 'small');
      return { width: 1, height: 1, bytes: 5 };
    },
    'image.crop': async ({ target }) => {
      await mkdir(join(target, '..'), { recursive: true });
      await writeFile(target, 'crop');
      return { width: 1, height: 1, bytes: 4 };
    },
    'prelabel.run': async ({ imagePath, classes, runFile }, call) => {
      failFor?.(imagePath);
      call.progress({ stage: 'Encode', done: 0, total: 1 });
      await mkdir(join(runFile, '..'), { recursive: true });
      await writeFile(runFile, JSON.stringify(classes));
      return masksFor(classes);
    },
    'prelabel.ready': () => ({}),
    'prelabel.reapply': async ({ runFile, options }) => {
      const classes = JSON.parse(await readFile(runFile, 'utf8')) as { categoryId: CategoryId }[];
      const found = masksFor(classes);
      // A higher threshold leaves less: one row instead of three from 0.5 on, nothing from 0.59 on.
      return {
        ...found,
        maps: [],
        masks: found.masks.flatMap((one, index) => {
          const threshold = options.thresholds[one.categoryId] ?? 0.15;
          if (threshold >= 0.59) return [];
          return [threshold >= 0.5 ? { ...one, mask: rectangle(index % 6, 1, 2, 1) } : one];
        }),
      };
    },
    'prelabel.suggest': ({ classes }) => ({
      matches: classes.map(({ categoryId }) => ({ categoryId, match: 0.5 })),
    }),
    ...operations,
  };
}

/** Opens an engine over `folder`; reopen with the same folder to test what survives. */
export async function openBench(
  folder: string,
  options: {
    operations?: MemoryOperations;
    userData?: string;
    startProject?: boolean;
    cacheBytes?: number;
    /** Folder of a real pack in place of the one without a model. */
    pack?: string;
  } = {},
): Promise<Bench> {
  const userData = options.userData ?? join(folder, '..', 'user');
  await mkdir(userData, { recursive: true });
  const pack = options.pack ?? (await fakePack(userData));
  const processes = memoryProcesses(options.operations ?? standInOperations());
  const logs: string[] = [];
  const link = createInferenceHost({ spawn: processes.spawn, log: (line) => logs.push(line) });
  const engine = await createEngine({
    userDataFolder: userData,
    inference: link,
    host: {
      kind: 'browser',
      nativeDialogs: false,
      mediaBase: '/media/',
      roots: [folder],
      sampleFolder: null,
      packs: { builtIn: [pack], installed: join(userData, 'packs') },
    },
    log: (line) => logs.push(line),
    ...(options.cacheBytes === undefined ? {} : { cacheBytes: options.cacheBytes }),
  });
  const events: Bench['events'] = [];
  engine.onEvent((event, payload) => events.push({ event, payload }));
  const bench: Bench = {
    folder,
    userData,
    engine,
    processes,
    logs,
    events,
    async call(method, input, callOptions = {}) {
      const handler = engine.handlers.get(method);
      if (!handler) throw new Error(`no handler for ${method}`);
      return (await handler(input, {
        signal: callOptions.signal ?? new AbortController().signal,
        clientId: callOptions.clientId ?? 'test',
        progress: (event) => callOptions.onProgress?.(event),
      })) as never;
    },
    async close() {
      await engine.close();
    },
  };
  if (options.startProject !== false)
    await bench.call('project.openFolder', { folder: engine.handleOf(folder) });
  return bench;
}

/** Removes the temporary root of an imageFolder. */
export async function removeBench(folder: string): Promise<void> {
  await rm(join(folder, '..'), { recursive: true, force: true });
}
