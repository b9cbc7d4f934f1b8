// A small engine in memory behind the real browser host: the page's tests and pictures need steady
// data and instant answers. It keeps the contract's promises about revisions, undo and events, and
// nothing more. Nothing of this ships.
import sharp from 'sharp';
import { AppError, type ErrorCode } from '../../../electron/api/errors.ts';
import type { EventName, Events } from '../../../electron/api/events.ts';
import type { Input } from '../../../electron/api/methods.ts';
import { PROTOCOL } from '../../../electron/api/wire/limits.ts';
import type { Handler } from '../../../electron/api/wire/peer.ts';
import type {
  Annotation,
  Handle,
  ImageId,
  ImageRecord,
  Json,
  Revision,
} from '../../../electron/api/types.ts';
import type { Settings } from '../../../electron/api/settings.ts';
import type { JobStatus } from '../../../electron/api/job.ts';
import type { PrelabelParams } from '../../../electron/api/run.ts';
import { startBrowserHost, type BrowserHost } from '../../../electron/hosts/browser/server.ts';
import { infoOf } from '../../../electron/link/engines/description.ts';
import { pnp } from '../../../electron/link/engines/pnp.ts';
import { ENGINES } from '../../../electron/link/engines/engines.ts';
import { resolveParams } from '../../../electron/link/presets.ts';
import type { MediaSource } from '../../../electron/hosts/mediaResponse.ts';
import { fill } from './rendererHost/fill.ts';
import { emptyImage, PACKS, PROJECT_ID, SETTINGS } from './rendererHost/fixtures.ts';
import { categoryHandlers } from './rendererHost/classes.ts';
import { historyHandlers } from './rendererHost/history.ts';
import { correctionHandlers, NOTHING_LEARNED } from './rendererHost/corrections.ts';
import { filterHandlers, fitsWords } from './rendererHost/filters.ts';
import { recentHandlers } from './rendererHost/recents.ts';
import { noteHandlers } from './rendererHost/notes.ts';
import { parkedHandlers } from './rendererHost/parked.ts';
import { keptAt, makeRun, mapOf, proposalsOf } from './rendererHost/runs.ts';
import { createStore, type HostState, type Typed } from './rendererHost/state.ts';
import { builtPage } from '../drivers/page.ts';
import { renderScene, scene, type Scene } from '../fixtures/scenes.ts';

export { category, SETTINGS } from './rendererHost/fixtures.ts';

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
  /** Tells windows that something of the state was set. */
  changed(): void;
  /** Every edit is refused with this code until it is null again. */
  failCommits(code: ErrorCode | null): void;
}

type EngineOptions = Omit<RendererHostOptions, 'port'>;

/** The small engine alone: what answers behind the page. */
export function smallEngine(options: EngineOptions = {}) {
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
    marks: [],
    parked: [],
    filters: [],
    corrections: NOTHING_LEARNED,
  };
  if (state.open) fill(state, sceneOf, options.extraObjects ?? 0, options.extraColumns ?? 20);

  const store = createStore(state);
  const { publish, record, documentFor, commit, summary } = store;
  const wait = (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      });
    });
  const fits = (image: ImageRecord, filter: Input<'image.list'>['filter']) =>
    (!filter.words || fitsWords(state, image, filter.words)) &&
    (!filter.text || image.name.toLowerCase().includes(filter.text.toLowerCase())) &&
    (!filter.status || filter.status.includes(image.status)) &&
    (!filter.foundNothing || image.foundNothing) &&
    (!filter.doubtful || image.doubtful > 0) &&
    (!filter.failed || image.problem !== null) &&
    (!filter.categoryIds ||
      [...documentFor(image.id).values()].some((a) => filter.categoryIds?.includes(a.categoryId)));

  const changed = () =>
    publish('project.changed', {
      revision: state.revision as Revision,
      scanned: images,
      scanning: false,
      totals: store.totals(),
    });

  const handlers: Typed = {
    'session.hello': () => ({
      protocol: PROTOCOL,
      engineVersion: '0.1.0',
      host: 'browser',
      nativeDialogs: false,
      showsFiles: false,
      projectOpen: state.open,
      settings: state.settings,
    }),
    ...recentHandlers(state),
    ...filterHandlers(state, { summary, changed }),
    'project.browse': ({ folder, path }) => ({
      here: {
        handle: (folder ?? 'home') as Handle,
        name: folder ? 'sample-mix' : 'Pictures',
        kind: 'folder',
        images: folder ? 13 : 0,
      },
      place: path ?? (folder ? '~/Pictures/sample-mix' : '~/Pictures'),
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
    ...categoryHandlers(store, changed),
    ...correctionHandlers(state, changed),
    ...noteHandlers(store, changed),
    'image.list': ({ cursor, limit, filter }) => {
      const all = state.images.filter((image) => fits(image, filter));
      return { total: all.length, images: all.slice(cursor, cursor + limit) };
    },
    'image.open': ({ imageId }) => ({
      image: record(imageId),
      url: `/media/image/${PROJECT_ID}/${imageId}`,
      scaledUrl: `/media/scaled/${PROJECT_ID}/${imageId}`,
      tileUrl: null,
      annotations: [...documentFor(imageId).values()],
      revision: state.revision as Revision,
      run: state.runs.get(imageId) ?? null,
      parked: state.parked.filter((one) => one.imageId === imageId),
    }),
    'image.run': ({ imageId }) => ({ run: state.runs.get(imageId) ?? null, categoryId: null }),
    'image.setStatus': ({ imageIds, status }) => {
      const said = imageIds.map((id) => [store.mark(id, status), id] as const);
      changed();
      const before = [...Map.groupBy(said, ([earlier]) => earlier)].map(([earlier, of]) => ({
        status: earlier,
        imageIds: of.map(([, id]) => id),
      }));
      return { images: imageIds.map(record), before };
    },
    'image.undecided': ({ imageIds }) => ({
      imageIds: imageIds.filter((id) => record(id).proposals > 0),
    }),
    'image.next': ({ imageId, step, filter }) => {
      const all = state.images.filter((image) => fits(image, filter));
      const turned = step === 1 ? all : all.toReversed();
      const found =
        turned.find((image) => (image.id - record(imageId).id) * step > 0) ??
        turned.find((image) => image.id !== imageId);
      return found
        ? { imageId: found.id, index: all.indexOf(found) }
        : { imageId: null, index: -1 };
    },
    'doc.commit': ({ transaction }, call) => {
      if (refusal) throw new AppError(refusal, 'refused');
      return { revision: commit(transaction, call.clientId) };
    },
    ...historyHandlers(store),
    ...parkedHandlers(store),
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
            ? {
                matches: run.classes.map(({ categoryId, match, absent }) => ({
                  categoryId,
                  match,
                  absent,
                })),
              }
            : {}),
        });
        await wait(stageMs, call.signal);
      }
      state.runs.set(imageId, run);
      const proposals = proposalsOf(state, run, sceneOf(imageId), {});
      replaceProposals(imageId, proposals, call.clientId);
      return { run, proposals };
    },
    'prelabel.ready': () => ({}),
    'prelabel.settings': ({ params }) => ({
      values: settingsOf(params),
      engine: infoOf(pnp),
    }),
    'prelabel.engines': () => ({
      engines: ENGINES.map((engine) => ({ ...infoOf(engine), measuredMs: null })),
    }),
    'prelabel.reapply': ({ runId, thresholds, commit: write, only, step, requests = [] }, call) => {
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
      if (write) {
        const before = state.categories;
        replaceProposals(run.imageId, proposals, call.clientId, chosen, step);
        if (step !== undefined) {
          state.categories = before.map((one) => ({
            ...one,
            threshold: thresholds[one.id] ?? one.threshold,
          }));
          store.stepAlso(before, run, fresh);
        }
      }
      const maps = requests.map((request) => mapOf(request, sceneOf(run.imageId), state));
      return { run: fresh, proposals, maps, milliseconds: 12 };
    },
    'prelabel.maps': ({ runId, requests }) => {
      const run = [...state.runs.values()].find((candidate) => candidate.runId === runId);
      if (!run) throw new AppError('RUN_UNKNOWN', 'This run is no longer kept.');
      return { maps: requests.map((request) => mapOf(request, sceneOf(run.imageId), state)) };
    },
    'export.check': () => ({
      images: state.images.length,
      masks: 0,
      leftOut: { proposals: 0, otherClasses: 0, unreviewed: 0 },
      stopped: { images: 0, masks: 0 },
      rows: [],
    }),
    'export.keepOne': () => ({ masks: 0, images: 0 }),
    'export.place': ({ fileName }) => ({ path: `~/Pictures/sample-mix-export/${fileName}` }),
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
      classes: 2,
      size: { files: 1, bytes: 4100 },
      files: ['annotations.json'],
      written: 'written' as Handle,
      path: '~/Pictures/sample-mix-export/annotations.json',
      leftOut: 0,
      warnings: [],
      check: null,
    }),
    'import.start': () => ({
      format: { id: 'coco', title: 'COCO' },
      images: 3,
      annotations: 7,
      categories: 2,
      leftOut: 1,
      turnedLeftOut: 0,
      notes: [],
      problems: [
        {
          path: 'annotations[3].bbox',
          message: 'has three numbers, needs four',
          effect: 'skipped',
        },
      ],
    }),
    'model.list': () => ({ packs: PACKS }),
    'device.list': () => ({
      devices: [],
      chosen: 'cpu',
      reason: 'The small engine has no other.',
      packId: PACKS[0]!.id,
      testedAt: null,
    }),
    'job.list': () => ({ jobs: [] as JobStatus[] }),
    'job.benchmark': () => ({ benchmark: null }),
    'job.edges': () => ({ edges: null }),
    'settings.get': () => state.settings,
    'settings.set': (patch) => (state.settings = { ...state.settings, ...patch }),
  };

  function replaceProposals(
    imageId: ImageId,
    proposals: readonly Annotation[],
    clientId: string,
    only?: { readonly [id: number]: number },
    step?: string,
  ) {
    const old = [...documentFor(imageId).values()].filter(
      (a) => a.status === 'proposal' && (!only || only[a.categoryId] !== undefined),
    );
    const fresh = proposals.filter((a) => !only || only[a.categoryId] !== undefined);
    commit(
      {
        txId: `run-${state.revision}`,
        imageId,
        label: step ?? 'Run on image',
        origin: 'model',
        gestureId: null,
        record: step === undefined ? 'never' : 'now',
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

  return {
    state,
    publish,
    changed,
    failCommits,
    engine: {
      handlers: new Map(Object.entries(handlers) as [string, Handler][]),
      onEvent: store.onEvent,
      media: (async (path) => {
        const [kind = '', owner = '', id = ''] = path.split('/');
        if (owner !== PROJECT_ID) return null;
        const image = state.images[Number(id) - 1];
        if (!image || image.problem !== null) return null;
        return {
          kind: 'bytes',
          bytes: await picture(kind, image.id),
          mime: 'image/png',
          etag: `"${path}"`,
        };
      }) satisfies MediaSource,
    },
  };
}

/** The small engine behind a browser host with the built page. Close it when done. */
export async function startRendererHost(options: RendererHostOptions = {}): Promise<RendererHost> {
  const { engine, ...more } = smallEngine(options);
  const host = await startBrowserHost({
    engine,
    page: await builtPage(),
    port: options.port ?? 0,
    log: () => {},
  });
  return { ...host, ...more };
}

/** As the engine answers them: the preset with the changes on top. */
function settingsOf({ preset, overrides }: PrelabelParams): { [name: string]: Json } {
  const { explain, masks } = resolveParams(preset, {}, overrides);
  return Object.fromEntries([
    ...Object.entries(explain).map(([name, value]) => [`pnp.${name}`, value as Json]),
    ...Object.entries(masks).map(([name, value]) => [`masks.${name}`, value as Json]),
  ]);
}

async function makePicture(kind: string, drawn: Scene): Promise<Buffer> {
  if (kind === 'thumb') return renderScene(drawn, 160 / drawn.width);
  const longest = Math.max(drawn.width, drawn.height);
  if (kind === 'scaled') return renderScene(drawn, Math.min(1, 2048 / longest));
  return sharp(await renderScene(drawn)).toBuffer();
}
