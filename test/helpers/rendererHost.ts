// A small engine in memory behind the real browser host: the page's tests and pictures need steady
// data and instant answers. It keeps the contract's promises about revisions, undo and events, and
// nothing more. Nothing of this ships.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import sharp from 'sharp';
import { apply, documentOf, invert, joins, type Document } from '../../electron/api/document.ts';
import { AppError, type ErrorCode } from '../../electron/api/errors.ts';
import type { EventName, Events } from '../../electron/api/events.ts';
import type { Input, MethodName, Output, ProgressOf } from '../../electron/api/methods.ts';
import type { CallContext, Handler } from '../../electron/api/peer.ts';
import type {
  Annotation,
  AnnotationId,
  Category,
  CategoryId,
  Handle,
  ImageId,
  ImageRecord,
  JobStatus,
  Json,
  MapRequest,
  PackSummary,
  PrelabelParams,
  Revision,
  RunId,
  RunSummary,
  ScoreMap,
  Settings,
  Transaction,
} from '../../electron/api/types.ts';
import { startBrowserHost, type BrowserHost } from '../../electron/hosts/server.ts';
import { resolveParams } from '../../electron/inference/pipeline/presets.ts';
import { boxOf } from '../../renderer/src/masks/rle.ts';
import { maskWhere, renderScene, scene, type Scene } from './scenes.ts';

type Typed = {
  [M in MethodName]?: (
    input: Input<M>,
    call: CallContext & { progress: (event: ProgressOf<M>) => void },
  ) => Output<M> | Promise<Output<M>>;
};

export interface RendererHostOptions {
  /** Images of the project. */
  readonly images?: number;
  readonly size?: readonly [width: number, height: number];
  /** Objects put on image 1 besides those of its scene. */
  readonly extraObjects?: number;
  /** How many of them side by side; fewer = larger. */
  readonly extraColumns?: number;
  /** Opened from the start. */
  readonly open?: boolean;
  /** Milliseconds of each stage of a run. */
  readonly stageMs?: number;
  readonly settings?: Partial<Settings>;
  readonly port?: number;
}

export interface RendererHost extends BrowserHost {
  readonly state: HostState;
  publish<E extends EventName>(event: E, payload: Events[E], key?: string): void;
  /** Every edit is refused with this code until it is null again. */
  failCommits(code: ErrorCode | null): void;
}

interface HostState {
  open: boolean;
  readOnly: boolean;
  revision: number;
  categories: Category[];
  images: ImageRecord[];
  documents: Map<ImageId, Document>;
  runs: Map<ImageId, RunSummary>;
  settings: Settings;
  log: { transaction: Transaction; revision: number; at: string; undone: boolean }[];
}

const PAGE =
  process.env['SALIENCE_PAGE'] ?? join(import.meta.dirname, '..', '..', 'dist', 'renderer');
const COLORS = [
  '#7ba3f6',
  '#f0ec52',
  '#e86494',
  '#1d7a65',
  '#7745fa',
  '#8ce9f3',
  '#d42515',
  '#d9a673',
];
const GRID = 21;

export const SETTINGS: Settings = {
  theme: 'dark',
  keyPreset: 'salience',
  keys: {},
  packId: 'demo',
  provider: 'auto',
  threads: 2,
  precision: 'f32',
  lowMemory: false,
  maskOpacity: 0.34,
  classHatch: false,
  scalePercent: 100,
  singleLetterKeys: true,
  hubMirror: '',
  wheel: 'zoom',
  surround: 'theme',
  hintsSeen: [],
};

const PACKS: PackSummary[] = [
  {
    id: 'demo',
    name: 'Built-in model',
    family: 'blip-itm',
    purpose: 'Knows drawn objects, not photographs.',
    licence: 'Apache-2.0',
    bytes: 9_000_000,
    builtIn: true,
    state: 'ready',
    problem: null,
    memoryBytes: 200_000_000,
    kind: 'itm',
    receivedBytes: 9_000_000,
    speedMs: 110,
  },
  {
    id: 'blip-large',
    name: 'BLIP large',
    family: 'blip-itm',
    purpose: 'Photographs, everyday things.',
    licence: 'BSD-3-Clause',
    bytes: 1_780_000_000,
    builtIn: false,
    state: 'notInstalled',
    problem: null,
    memoryBytes: 3_100_000_000,
    kind: 'itm',
    receivedBytes: 0,
    speedMs: null,
  },
];

export function category(id: number, name: string): Category {
  return {
    id: id as CategoryId,
    name,
    color: COLORS[(id - 1) % COLORS.length]!,
    prompt: '',
    synonyms: [],
    kind: 'thing',
    supercategory: '',
    threshold: null,
    hotkey: id <= 9 ? id : null,
    order: id,
    extra: null,
  };
}

/** Starts the host with sample data. Close it when done. */
export async function startRendererHost(options: RendererHostOptions = {}): Promise<RendererHost> {
  const { images = 13, size = [600, 400], stageMs = 20 } = options;
  const scenes = new Map<ImageId, Scene>();
  const sceneOf = (id: ImageId) => {
    const known = scenes.get(id) ?? scene(id, size[0], size[1]);
    scenes.set(id, known);
    return known;
  };
  const state: HostState = {
    open: options.open ?? false,
    readOnly: false,
    revision: 1,
    categories: [],
    images: Array.from({ length: images }, (_, i) => emptyImage(i + 1, size)),
    documents: new Map(),
    runs: new Map(),
    settings: { ...SETTINGS, ...options.settings },
    log: [],
  };
  if (state.open) fill(state, sceneOf, options.extraObjects ?? 0, options.extraColumns ?? 20);

  const listeners = new Set<
    <E extends EventName>(event: E, payload: Events[E], key: string) => void
  >();
  const publish: RendererHost['publish'] = (event, payload, key = '') => {
    for (const listener of listeners) listener(event, payload, key);
  };
  const record = (id: ImageId) => state.images[id - 1]!;
  const documentFor = (id: ImageId): Document => state.documents.get(id) ?? new Map();
  const recount = (id: ImageId) => {
    const all = [...documentFor(id).values()];
    const accepted = all.filter((annotation) => annotation.status === 'accepted').length;
    const proposals = all.filter((annotation) => annotation.status === 'proposal');
    const before = record(id);
    const status =
      before.status === 'reviewed' && proposals.length === 0
        ? 'reviewed'
        : accepted > 0 && proposals.length > 0
          ? 'inProgress'
          : proposals.length > 0
            ? 'proposals'
            : accepted > 0
              ? 'inProgress'
              : 'untouched';
    state.images[id - 1] = {
      ...before,
      accepted,
      proposals: proposals.length,
      doubtful: proposals.filter((annotation) => annotation.doubtful).length,
      status,
    };
  };
  const commit = (transaction: Transaction, clientId: string, logged = true): Revision => {
    state.documents.set(transaction.imageId, apply(documentFor(transaction.imageId), transaction));
    state.revision += 1;
    const revision = state.revision as Revision;
    recount(transaction.imageId);
    if (logged && transaction.record !== 'never') {
      state.log = state.log.filter((entry) => !entry.undone);
      const last = state.log.at(-1);
      if (last && joins(last.transaction, transaction))
        last.transaction = {
          ...last.transaction,
          changes: [...last.transaction.changes, ...transaction.changes],
        };
      else state.log.push({ transaction, revision, at: new Date().toISOString(), undone: false });
    }
    publish('project.revision', {
      revision,
      clientId,
      transaction,
      image: record(transaction.imageId),
    });
    return revision;
  };
  const summary = (): Output<'project.summary'> => {
    const counts = { untouched: 0, proposals: 0, inProgress: 0, reviewed: 0 };
    for (const image of state.images) counts[image.status] += 1;
    return {
      name: 'Sample mix',
      folderName: 'sample-mix',
      revision: state.revision as Revision,
      images: state.images.length,
      scanning: false,
      readOnly: state.readOnly,
      categories: state.categories,
      counts,
      proposals: state.images.reduce((sum, image) => sum + image.proposals, 0),
      doubtful: state.images.reduce((sum, image) => sum + image.doubtful, 0),
      packId: 'demo',
      params: { preset: 'default', overrides: {} },
      thresholds: { thing: 0.15, stuff: 0.15 },
    };
  };
  const wait = (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      });
    });
  const fits = (image: ImageRecord, filter: Input<'image.list'>['filter']) =>
    (!filter.text || image.name.toLowerCase().includes(filter.text.toLowerCase())) &&
    (!filter.status || filter.status.includes(image.status)) &&
    (!filter.foundNothing || image.foundNothing) &&
    (!filter.doubtful || image.doubtful > 0) &&
    (!filter.failed || image.problem !== null) &&
    (!filter.categoryIds ||
      [...documentFor(image.id).values()].some((a) => filter.categoryIds?.includes(a.categoryId)));

  const handlers: Typed = {
    'session.hello': () => ({
      protocol: 1,
      engineVersion: '0.1.0',
      host: 'browser',
      nativeDialogs: false,
      showsFiles: false,
      projectOpen: state.open,
      settings: state.settings,
    }),
    'project.recent': () => ({
      projects: state.open
        ? []
        : [
            recent('Sample mix', '~/Pictures/sample-mix', 1284, 654, 0, 1),
            recent('Tissue slides, round 2', '/mnt/lab/ihc/round-2', 96, 96, 1, 2),
            recent('Launch site cameras', '~/work/pad-39', 18_402, 2310, 4, 3),
            { ...recent('Harbour survey', '/media/usb/harbour', 300, 0, 9, 4), missing: true },
          ],
    }),
    'project.browse': ({ folder }) => ({
      here: {
        handle: (folder ?? 'home') as Handle,
        name: folder ? 'sample-mix' : 'Pictures',
        kind: 'folder',
        images: folder ? 13 : 0,
      },
      parents: folder
        ? [{ handle: 'home' as Handle, name: 'Pictures', kind: 'folder', images: 0 }]
        : [],
      entries: folder
        ? [{ handle: 'coco' as Handle, name: 'annotations.json', kind: 'coco', images: null }]
        : [{ handle: 'sample' as Handle, name: 'sample-mix', kind: 'folder', images: 13 }],
    }),
    'project.openSample': () => {
      state.open = true;
      return summary();
    },
    'project.openFolder': () => {
      state.open = true;
      return summary();
    },
    'project.openFile': () => {
      state.open = true;
      return summary();
    },
    'project.close': () => {
      state.open = false;
      return {};
    },
    'project.summary': summary,
    'category.save': ({ categories }) => {
      state.categories = [...categories];
      publish('project.changed', {
        revision: state.revision as Revision,
        scanned: images,
        scanning: false,
      });
      return { categories };
    },
    'category.add': ({ names }) => {
      const added: CategoryId[] = [];
      for (const name of names) {
        const known = state.categories.find((c) => c.name.toLowerCase() === name.toLowerCase());
        if (known) {
          added.push(known.id);
          continue;
        }
        const fresh = category(Math.max(0, ...state.categories.map((c) => c.id)) + 1, name);
        state.categories = [...state.categories, fresh];
        added.push(fresh.id);
      }
      return { categories: state.categories, added };
    },
    'category.remove': ({ id }) => {
      state.categories = state.categories.filter((c) => c.id !== id);
      return { categories: state.categories, annotations: 0 };
    },
    'image.list': ({ cursor, limit, filter }) => {
      const all = state.images.filter((image) => fits(image, filter));
      return { total: all.length, images: all.slice(cursor, cursor + limit) };
    },
    'image.open': ({ imageId }) => ({
      image: record(imageId),
      url: `/media/image/${imageId}`,
      scaledUrl: `/media/scaled/${imageId}`,
      tileUrl: null,
      annotations: [...documentFor(imageId).values()],
      revision: state.revision as Revision,
      run: state.runs.get(imageId) ?? null,
    }),
    'image.setStatus': ({ imageIds, status }) => {
      for (const id of imageIds) state.images[id - 1] = { ...record(id), status };
      return { images: imageIds.map(record) };
    },
    'image.next': ({ imageId, step, filter }) => {
      const all = state.images.filter((image) => fits(image, filter));
      let at = all.findIndex((image) => image.id === imageId);
      do at += step;
      while (all[at] && all[at]!.status === 'reviewed');
      return { imageId: all[at]?.id ?? null, index: at };
    },
    'doc.commit': ({ transaction }, call) => {
      if (refusal) throw new AppError(refusal, 'refused');
      return { revision: commit(transaction, call.clientId) };
    },
    'doc.undo': (_, call) => {
      const entry = state.log.findLast((candidate) => !candidate.undone);
      if (!entry) return { transaction: null, revision: state.revision as Revision, imageName: '' };
      entry.undone = true;
      const back = invert(entry.transaction, `undo-${state.revision}`);
      const revision = commit(back, call.clientId, false);
      return { transaction: back, revision, imageName: record(back.imageId).name };
    },
    'doc.redo': (_, call) => {
      const entry = state.log.find((candidate) => candidate.undone);
      if (!entry) return { transaction: null, revision: state.revision as Revision, imageName: '' };
      entry.undone = false;
      const again = { ...entry.transaction, txId: `redo-${state.revision}` };
      const revision = commit(again, call.clientId, false);
      return { transaction: again, revision, imageName: record(again.imageId).name };
    },
    'doc.history': ({ imageId, limit }) => ({
      entries: state.log
        .filter((entry) => imageId === null || entry.transaction.imageId === imageId)
        .slice(-limit)
        .reverse()
        .map(({ transaction, revision, at, undone }) => ({
          revision: revision as Revision,
          label: transaction.label,
          imageId: transaction.imageId,
          at,
          undone,
        })),
      canUndo: state.log.findLast((entry) => !entry.undone)?.transaction.label ?? null,
      canRedo: state.log.find((entry) => entry.undone)?.transaction.label ?? null,
    }),
    'prelabel.run': async ({ imageId, classes }, call) => {
      const stages = [
        'Read image',
        'Encode',
        'Pass 1 of 4',
        'Pass 2 of 4',
        'Pass 3 of 4',
        'Pass 4 of 4',
        'Maps',
        'Edges',
      ];
      const run = makeRun(
        imageId,
        sceneOf(imageId),
        classes.map((c) => ({ id: c.categoryId, name: c.name })),
      );
      for (const [i, stage] of stages.entries()) {
        call.progress({
          stage,
          done: i,
          total: stages.length,
          ...(i === 3
            ? { matches: run.classes.map(({ categoryId, match }) => ({ categoryId, match })) }
            : {}),
        });
        await wait(stageMs, call.signal);
      }
      state.runs.set(imageId, run);
      const proposals = proposalsOf(state, run, sceneOf(imageId), {});
      replaceProposals(imageId, proposals, call.clientId);
      return { run, proposals };
    },
    'prelabel.settings': ({ params }) => ({ values: settingsOf(params) }),
    'prelabel.reapply': ({ runId, thresholds, commit: write, only, requests = [] }, call) => {
      const run = [...state.runs.values()].find((candidate) => candidate.runId === runId);
      if (!run) throw new AppError('RUN_UNKNOWN', 'This run is no longer kept.');
      const fresh = {
        ...run,
        classes: run.classes.map((result) => {
          const threshold = thresholds[result.categoryId];
          return threshold === undefined
            ? result
            : { ...result, patchesKept: keptAt(result.histogram, threshold) };
        }),
      };
      state.runs.set(run.imageId, fresh);
      const proposals = proposalsOf(state, fresh, sceneOf(run.imageId), thresholds);
      const chosen = only ? Object.fromEntries(only.map((id) => [id, 0])) : thresholds;
      if (write) replaceProposals(run.imageId, proposals, call.clientId, chosen);
      const maps = requests.map((request) => mapOf(request, sceneOf(run.imageId), state));
      return { run: fresh, proposals, maps, milliseconds: 12 };
    },
    'prelabel.maps': ({ runId, requests }) => {
      const run = [...state.runs.values()].find((candidate) => candidate.runId === runId);
      if (!run) throw new AppError('RUN_UNKNOWN', 'This run is no longer kept.');
      return { maps: requests.map((request) => mapOf(request, sceneOf(run.imageId), state)) };
    },
    'export.formats': () => ({
      formats: [
        {
          id: 'coco-exact',
          title: 'COCO, exact',
          note: 'Run lengths where needed, polygons elsewhere. Reads back equal.',
          kind: 'file',
        },
        {
          id: 'coco-polygon',
          title: 'COCO, polygons only',
          note: 'For readers that know polygons only.',
          kind: 'file',
        },
      ],
    }),
    'export.start': () => ({
      images: state.images.length,
      annotations: [...state.documents.values()].reduce((sum, document) => sum + document.size, 0),
      files: ['annotations.json'],
      folderName: 'sample-mix',
      warnings: [],
    }),
    'import.start': () => ({
      format: 'COCO',
      images: 3,
      annotations: 7,
      categories: 2,
      problems: [{ path: 'annotations[3].bbox', message: 'has three numbers, needs four' }],
    }),
    'model.list': () => ({ packs: PACKS }),
    'job.list': () => ({ jobs: [] as JobStatus[] }),
    'settings.get': () => state.settings,
    'settings.set': (patch) => (state.settings = { ...state.settings, ...patch }),
  };

  function replaceProposals(
    imageId: ImageId,
    proposals: readonly Annotation[],
    clientId: string,
    only?: { readonly [id: number]: number },
  ) {
    const old = [...documentFor(imageId).values()].filter(
      (a) => a.status === 'proposal' && (!only || only[a.categoryId] !== undefined),
    );
    const fresh = proposals.filter((a) => !only || only[a.categoryId] !== undefined);
    commit(
      {
        txId: `run-${state.revision}`,
        imageId,
        label: 'Run on image',
        origin: 'model',
        gestureId: null,
        record: 'never',
        changes: [
          ...old.map((a) => ({ id: a.id, before: a, after: null })),
          ...fresh.map((a) => ({ id: a.id, before: null, after: a })),
        ],
      },
      clientId,
    );
  }

  let refusal: ErrorCode | null = null;
  const failCommits = (code: ErrorCode | null) => void (refusal = code);
  const pictures = new Map<string, Promise<Buffer>>();
  const picture = (kind: string, id: ImageId) => {
    const key = `${kind}/${id}`;
    const known = pictures.get(key) ?? makePicture(kind, sceneOf(id));
    pictures.set(key, known);
    return known;
  };

  const host = await startBrowserHost({
    engine: {
      handlers: new Map(Object.entries(handlers) as [string, Handler][]),
      onEvent: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      media: async (path) => {
        const [kind = '', id = ''] = path.split('/');
        const image = state.images[Number(id) - 1];
        if (!image || image.problem !== null) return null;
        return {
          kind: 'bytes',
          bytes: await picture(kind, image.id),
          mime: 'image/png',
          etag: `"${path}"`,
        };
      },
    },
    page: PAGE,
    port: options.port ?? 0,
    log: () => {},
  });
  return { ...host, state, publish, failCommits };
}

/** As the engine answers them: the preset with the changes on top. */
function settingsOf({ preset, overrides }: PrelabelParams): { [name: string]: Json } {
  const { explain, masks } = resolveParams(preset, {}, overrides);
  return Object.fromEntries([
    ...Object.entries(explain).map(([name, value]) => [`explain.${name}`, value as Json]),
    ...Object.entries(masks).map(([name, value]) => [`masks.${name}`, value as Json]),
  ]);
}

function emptyImage(id: number, [width, height]: readonly [number, number]): ImageRecord {
  return {
    id: id as ImageId,
    name: `IMG_${2040 + id}.jpg`,
    width,
    height,
    orientation: 1,
    status: 'untouched',
    accepted: 0,
    proposals: 0,
    doubtful: 0,
    foundNothing: false,
    problem: null,
  };
}

function recent(
  name: string,
  folderName: string,
  images: number,
  reviewed: number,
  daysAgo: number,
  id: number,
) {
  return {
    handle: `recent${id}` as Handle,
    name,
    folderName,
    images,
    reviewed,
    openedAt: new Date(Date.now() - daysAgo * 86_400_000).toISOString(),
    missing: false,
    coverUrls: [`/media/thumb/${id}`],
  };
}

async function makePicture(kind: string, drawn: Scene): Promise<Buffer> {
  if (kind === 'thumb') return renderScene(drawn, 160 / drawn.width);
  const longest = Math.max(drawn.width, drawn.height);
  if (kind === 'scaled') return renderScene(drawn, Math.min(1, 2048 / longest));
  return sharp(await renderScene(drawn)).toBuffer();
}

/** Four classes, a run on image 1, some states in the list. */
function fill(
  state: HostState,
  sceneOf: (id: ImageId) => Scene,
  extra: number,
  columns: number,
): void {
  state.categories = ['circle', 'star', 'ring', 'box', 'cat', 'person', 'rocket'].map((name, i) =>
    category(i + 1, name),
  );
  const first = 1 as ImageId;
  const drawn = sceneOf(first);
  const run = makeRun(
    first,
    drawn,
    state.categories.slice(0, 5).map((c) => ({ id: c.id, name: c.name })),
  );
  state.runs.set(first, run);
  const proposals = proposalsOf(state, run, drawn, {});
  const objects = [
    ...proposals.slice(0, 3),
    { ...proposals[3]!, status: 'accepted' as const, locked: true },
    ...Array.from({ length: extra }, (_, i) => smallObject(i, drawn, columns)),
  ];
  state.documents.set(first, documentOf(objects));
  state.images[0] = {
    ...state.images[0]!,
    status: 'inProgress',
    accepted: 1 + extra,
    proposals: 3,
    doubtful: 1,
  };
  const states: Partial<ImageRecord>[] = [
    { status: 'reviewed', accepted: 3 },
    { status: 'inProgress', accepted: 2, proposals: 1 },
    { status: 'proposals', proposals: 1, doubtful: 1 },
    { foundNothing: true },
    { status: 'reviewed', accepted: 2 },
    {},
    { status: 'proposals', proposals: 3 },
    { status: 'reviewed', accepted: 5 },
    {},
    { problem: 'The file stops after 62 % of its data.' },
  ];
  states.forEach((patch, i) => {
    const image = state.images[i + 1];
    if (image) state.images[i + 1] = { ...image, ...patch };
  });
}

function annotation(
  id: string,
  categoryId: CategoryId,
  mask: Annotation['mask'],
  z: number,
): Annotation {
  let area = 0;
  for (let i = 1; i < mask.counts.length; i += 2) area += mask.counts[i]!;
  return {
    id: id as AnnotationId,
    categoryId,
    status: 'proposal',
    origin: 'model',
    mask,
    box: boxOf(mask),
    area,
    z,
    locked: false,
    isCrowd: false,
    edited: false,
    match: 0.9,
    margin: 0.3,
    crfChange: 0.1,
    doubtful: false,
    runId: null,
    extra: null,
  };
}

function smallObject(i: number, drawn: Scene, columns: number): Annotation {
  const step = drawn.width / columns;
  const cx = (i % columns) * step + step / 2;
  const cy = Math.floor(i / columns) * step + step / 2;
  const mask = maskWhere(
    drawn.width,
    drawn.height,
    (x, y) => Math.hypot(x - cx, y - cy) < step * 0.4,
  );
  return {
    ...annotation(`extra${i}`, ((i % 4) + 1) as CategoryId, mask, 10 + i),
    status: 'accepted',
    origin: 'user',
  };
}

const MATCHES = [0.97, 0.91, 0.88, 0.79];

function makeRun(
  imageId: ImageId,
  drawn: Scene,
  classes: readonly { id: CategoryId; name: string }[],
): RunSummary {
  const histogram = Array.from({ length: 40 }, (_, i) =>
    i < 6 ? 52 - i * 4 : Math.round(6 + 9 * Math.abs(Math.sin(i * 1.7)) * (i > 24 ? 1.4 : 1)),
  );
  return {
    runId: `run-${imageId}-${createHash('sha1')
      .update(classes.map((c) => c.name).join())
      .digest('hex')
      .slice(0, 6)}` as RunId,
    imageId,
    packId: 'demo',
    packName: 'Built-in model',
    provider: 'cpu',
    gridRows: GRID,
    gridColumns: GRID,
    inputSide: 336,
    layers: [8],
    heads: [10],
    allLayers: 12,
    allHeads: 12,
    passes: [0, 1, 2, 3].map((index) => ({
      index,
      weight: index === 0 ? 2 : 1,
      z: classes.map(() => 3.4 - index * 0.3),
      dropped: classes.map((c) => droppedBefore(drawn, c.name, index)),
    })),
    classes: classes.map(({ id, name }) => {
      const at = drawn.shapes.findIndex((shape) => shape.name === name);
      return {
        categoryId: id,
        match: at < 0 ? 0.03 : MATCHES[at % 4]!,
        absent: at < 0,
        margin: at === 1 ? 0.08 : 0.3,
        patchesKept: keptAt(histogram, 0.15),
        patches: GRID * GRID,
        histogram,
        tokens: [name],
      };
    }),
    params: { preset: 'default', overrides: {} },
    caption: `A picture of ${classes.map((c) => c.name).join(' ')}`,
    milliseconds: { decode: 31, passes: 588, maps: 22, crf: 196, total: 920 },
    stale: false,
  };
}

function keptAt(histogram: readonly number[], threshold: number): number {
  const all = histogram.reduce((sum, n) => sum + n, 0);
  const kept = histogram.slice(Math.round(threshold * 40)).reduce((sum, n) => sum + n, 0);
  return Math.round((kept / all) * GRID * GRID);
}

function salience(drawn: Scene, name: string, row: number, column: number): number {
  const shape = drawn.shapes.find((candidate) => candidate.name === name);
  let hit = 0;
  for (let i = 0; i < 9; i += 1) {
    const x = ((column + (i % 3) / 3 + 1 / 6) / GRID) * drawn.width;
    const y = ((row + Math.floor(i / 3) / 3 + 1 / 6) / GRID) * drawn.height;
    if (shape?.inside(x, y)) hit += 1;
  }
  const noise = (Math.sin(row * 12.9 + column * 78.2) * 43758.5) % 1;
  return Math.min(
    1,
    Math.max(0, (hit / 9) * (0.72 + 0.28 * Math.abs(noise)) + 0.06 * Math.abs(noise)),
  );
}

function droppedBefore(drawn: Scene, name: string, pass: number): number[] {
  const order = Array.from({ length: GRID * GRID }, (_, patch) => patch).sort(
    (a, b) =>
      salience(drawn, name, Math.floor(b / GRID), b % GRID) -
      salience(drawn, name, Math.floor(a / GRID), a % GRID),
  );
  return order.slice(0, pass * 10).sort((a, b) => a - b);
}

function mapOf(request: MapRequest, drawn: Scene, state: HostState): ScoreMap {
  const name = state.categories.find((c) => c.id === request.categoryId)?.name ?? '';
  const fine = request.kind === 'blurred' || request.kind === 'probability';
  const n = fine ? GRID * 4 : GRID;
  const values = new Uint8Array(n * n);
  const dropped =
    request.kind === 'pass' ? new Set(droppedBefore(drawn, name, request.pass)) : new Set<number>();
  for (let i = 0; i < values.length; i += 1) {
    const row = Math.floor(i / n);
    const column = i % n;
    let value = fine
      ? blurred(drawn, name, row / 4, column / 4)
      : salience(drawn, name, row, column);
    if (dropped.has(i)) value = 0;
    else if (request.kind === 'pass')
      value *= 0.55 + 0.45 * Math.abs(Math.sin(i * 3.1 + request.pass));
    values[i] = Math.round(value * 255);
  }
  return { rows: n, columns: n, values, maximum: 1 };
}

function blurred(drawn: Scene, name: string, row: number, column: number): number {
  let sum = 0;
  let weight = 0;
  for (let dy = -2; dy <= 2; dy += 1)
    for (let dx = -2; dx <= 2; dx += 1) {
      const y = Math.floor(row) + dy;
      const x = Math.floor(column) + dx;
      if (y < 0 || x < 0 || y >= GRID || x >= GRID) continue;
      const w = Math.exp(-((y + 0.5 - row) ** 2 + (x + 0.5 - column) ** 2) / 1.6);
      sum += w * salience(drawn, name, y, x);
      weight += w;
    }
  return sum / weight;
}

function proposalsOf(
  state: HostState,
  run: RunSummary,
  drawn: Scene,
  thresholds: { readonly [id: number]: number },
): Annotation[] {
  return run.classes
    .filter((result) => !result.absent)
    .map((result, i) => {
      const name = state.categories.find((c) => c.id === result.categoryId)?.name ?? '';
      const shape = drawn.shapes.find((candidate) => candidate.name === name)!;
      const shrink = ((thresholds[result.categoryId] ?? 0.15) - 0.15) * drawn.width * 0.05;
      const mask = maskWhere(
        drawn.width,
        drawn.height,
        (x, y) => shape.inside(x - shrink, y) && shape.inside(x + shrink, y) && shape.inside(x, y),
      );
      return {
        ...annotation(
          `p-${run.imageId}-${result.categoryId}-${Math.round(shrink * 100)}`,
          result.categoryId,
          mask,
          i + 1,
        ),
        match: result.match,
        margin: result.margin,
        doubtful: result.margin < 0.1,
        runId: run.runId,
      };
    });
}
