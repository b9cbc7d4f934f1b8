// The engine: one open project, its jobs and the inference link, behind the methods of the API.
// Every host (window, browser, command line, test) makes one of these and serves its handlers.
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { fileError } from '../files/fileError.ts';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type * as v from 'valibot';
import type { EventName, Events } from '../api/events.ts';
import type { MethodName } from '../api/methods.ts';
import type { CallContext, Handler, Handlers } from '../api/wire/peer.ts';
import { DEFAULT_SETTINGS } from '../api/settings.ts';
import type { Handle } from '../api/types.ts';
import type { Settings } from '../api/settings.ts';
import type { Clock, EngineContext, HandlerMap, HostFacts } from './context.ts';
import { deviceRecords, NO_RECORDS } from './devices/records.ts';
import { createOpenProject, SYSTEM_CLOCK } from './context.ts';
import { openCache } from './files/cacheFolder.ts';
import { createHandles } from './files/handles.ts';
import { openJsonFile } from './files/jsonFile.ts';
import { cacheHandlers } from './handlers/cache.ts';
import { categoryHandlers } from './handlers/category.ts';
import { deviceHandlers } from './handlers/model/device.ts';
import { docHandlers } from './handlers/doc.ts';
import { exchangeHandlers } from './handlers/exchange.ts';
import { imageHandlers } from './handlers/image.ts';
import { jobHandlers } from './handlers/job.ts';
import { installHandlers } from './handlers/model/install.ts';
import { modelHandlers } from './handlers/model/model.ts';
import { parkedHandlers } from './handlers/parked.ts';
import { prelabelHandlers } from './handlers/prelabel.ts';
import { segmentHandlers } from './handlers/segment/segment.ts';
import { projectHandlers } from './handlers/project.ts';
import { reviewHandlers } from './handlers/review.ts';
import { sessionHandlers } from './handlers/session.ts';
import { correctionHandlers } from './handlers/tune/corrections.ts';
import { learnHandlers } from './handlers/tune/learn.ts';
import { tuneHandlers } from './handlers/tune/tune.ts';
import { watchCorrections, type CorrectionWatch } from './corrections/watch.ts';
import type { InferenceLink } from './inferenceLink/link.ts';
import { createWindows } from './opening/windows.ts';
import type { MediaItem } from './media/madePicture.ts';
import { mediaItem } from './media/media.ts';
import { recentEntries } from './project/recents.ts';
import { createProjectCalls, type ProjectCall } from './projectCalls.ts';
import { createHubTokens } from './secrets/hubTokens.ts';
import { memorySecrets, type SecretStore } from './secrets/secretStore.ts';
import { METHOD_NAMES, parseInput } from './handlers/inputs/inputs.ts';
import { settings as settingsSchema } from './handlers/inputs/settings.ts';

export interface EngineOptions {
  /** Settings, projects without a place of their own, caches. Made when missing. */
  readonly userDataFolder: string;
  readonly inference: InferenceLink;
  readonly host: HostFacts;
  /** The system's secret store; memory where it is not given. */
  readonly secrets?: SecretStore;
  readonly log: (line: string) => void;
  readonly clock?: Clock;
  /** Bound of thumbnails and stored maps. */
  readonly cacheBytes?: number;
}

type Listener = <E extends EventName>(event: E, payload: Events[E], key: string) => void;

export interface Engine {
  readonly handlers: Handlers;
  /** Every published event; returns the unsubscribe. */
  onEvent(listener: Listener): () => void;
  /** What lies behind a media path such as 'thumb/12'; null when there is nothing. */
  media(path: string, signal: AbortSignal): Promise<MediaItem | null>;
  /** Lets a page use a folder or file that was chosen in a native dialog or on the command line. */
  handleOf(path: string): Handle;
  /** For hosts in the same process: jobs, imports and exports without a wire. */
  readonly context: EngineContext;
  /** Stops jobs, closes the project and the inference link. */
  close(): Promise<void>;
}

const CACHE_BYTES = 4 * 1024 ** 3;

export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { userDataFolder, inference } = options;
  await mkdir(userDataFolder, { recursive: true }).catch((error: unknown) => {
    throw fileError(error, userDataFolder);
  });
  const listeners = new Set<Listener>();
  const context = await openContext(options, (event, payload, key = '') => {
    for (const listener of listeners) listener(event, payload, key);
  });
  inference.onNotice((notice) => context.publish('notice', notice));

  const corrections = watchCorrections(context, (listener) => listeners.add(listener));
  let closed = false;
  return {
    handlers: parsedHandlers(context, corrections),
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    media: (path, signal) => mediaItem(context, path, signal),
    handleOf: (path) => context.handles.handleOf(path),
    context,
    async close() {
      if (closed) return;
      closed = true;
      await context.open.end();
      await inference.close();
    },
  };
}

/** What all handlers share. */
async function openContext(
  options: EngineOptions,
  publish: EngineContext['publish'],
): Promise<EngineContext> {
  const { userDataFolder, log } = options;
  return {
    userDataFolder,
    host: options.host,
    clock: options.clock ?? SYSTEM_CLOCK,
    log,
    handles: createHandles(),
    settings: await openJsonFile(
      join(userDataFolder, 'settings.json'),
      settingsSchema as v.GenericSchema<unknown, Settings>,
      DEFAULT_SETTINGS,
      log,
    ),
    recents: await openJsonFile(join(userDataFolder, 'recent.json'), recentEntries, [], log),
    devices: await openJsonFile(
      join(userDataFolder, 'devices.json'),
      deviceRecords,
      NO_RECORDS,
      log,
    ),
    cache: openCache(join(userDataFolder, 'cache'), options.cacheBytes ?? CACHE_BYTES),
    tokens: createHubTokens({
      store: options.secrets ?? memorySecrets(),
      env: process.env,
      home: homedir(),
    }),
    link: options.inference,
    open: createOpenProject(),
    windows: createWindows(),
    publish,
    newId: randomUUID,
  };
}

/** Every method behind the parser of its input. */
function parsedHandlers(context: EngineContext, corrections: CorrectionWatch): Handlers {
  const groups: Partial<HandlerMap> = {
    ...sessionHandlers(context),
    ...projectHandlers(context),
    ...categoryHandlers(context),
    ...imageHandlers(context),
    ...docHandlers(context),
    ...parkedHandlers(context),
    ...prelabelHandlers(context),
    ...segmentHandlers(context),
    ...jobHandlers(context),
    ...reviewHandlers(context),
    ...modelHandlers(context),
    ...deviceHandlers(context),
    ...cacheHandlers(context),
    ...installHandlers(context),
    ...exchangeHandlers(context),
    ...tuneHandlers(context),
    ...learnHandlers(context),
    ...correctionHandlers(context, corrections),
  };
  const inProject = createProjectCalls(context);
  return new Map(
    METHOD_NAMES.flatMap((method) => {
      const handler = groups[method];
      return handler
        ? [[method, parsed(method, handler as ParsedHandler, inProject)] as const]
        : [];
    }),
  );
}

type ParsedHandler = (input: unknown, call: CallContext) => Promise<unknown>;

/** A handler behind the parser of its input; throws become rejections. */
function parsed(method: MethodName, handler: ParsedHandler, inProject: ProjectCall): Handler {
  return async (input, call) => {
    const wanted = parseInput(method, input);
    return inProject(method, call, (bound) => handler(wanted, bound));
  };
}
