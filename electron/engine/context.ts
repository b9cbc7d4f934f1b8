// What every handler works with: settings, caches, the inference link and the one open project.
import { AppError } from '../api/errors.ts';
import type { EventName, Events } from '../api/events.ts';
import type { Input, MethodName, Output, ProgressOf } from '../api/methods.ts';
import type { Settings } from '../api/types.ts';
import type { PackPlaces } from '../../models/packs/places.ts';
import type { DeviceRecords } from './devices/records.ts';
import type { CacheFolder } from './files/cacheFolder.ts';
import type { Handles } from './files/handles.ts';
import type { JsonFile } from './files/jsonFile.ts';
import type { InferenceLink } from './inferenceLink/link.ts';
import type { JobRunner } from './jobRunner.ts';
import type { Project } from './project/project.ts';
import type { RecentEntry } from './project/recents.ts';
import type { HubTokens } from './secrets/hubTokens.ts';

export interface Clock {
  now(): Date;
  /** Milliseconds that only go forward. */
  elapsedMs(): number;
}

export const SYSTEM_CLOCK: Clock = { now: () => new Date(), elapsedMs: () => performance.now() };

export interface HostFacts {
  readonly kind: 'desktop' | 'browser' | 'commandLine';
  /** Native file dialogs exist, so the page need not browse folders itself. */
  readonly nativeDialogs: boolean;
  /** Shows a file in the system's file manager; left out where there is no desktop around. */
  readonly showFile?: (path: string) => void;
  /** Prefix of media URLs with its last slash, e.g. '/media/' or 'media://project/'. */
  readonly mediaBase: string;
  /** Folders where browsing starts; the home folder when empty. */
  readonly roots: readonly string[];
  /** Folder of the sample project shipped with the program; null when there is none. */
  readonly sampleFolder: string | null;
  /** Where model packs lie. */
  readonly packs: PackPlaces;
}

export interface EngineContext {
  readonly userDataFolder: string;
  readonly host: HostFacts;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  readonly handles: Handles;
  readonly settings: JsonFile<Settings>;
  readonly recents: JsonFile<RecentEntry[]>;
  /** What self-tests of devices said. */
  readonly devices: JsonFile<DeviceRecords>;
  readonly cache: CacheFolder;
  /** Access tokens for gated models. */
  readonly tokens: HubTokens;
  readonly link: InferenceLink;
  readonly open: OpenProject;
  publish<E extends EventName>(event: E, payload: Events[E], key?: string): void;
  newId(): string;
}

/** The project that is open, with what lives and ends with it. */
export interface OpenProject {
  /** Throws PROJECT_NOT_OPEN. */
  get(): Project;
  /** Throws PROJECT_NOT_OPEN or PROJECT_READ_ONLY. */
  writable(): Project;
  current(): Project | null;
  jobs(): JobRunner;
  /** Ends when the project closes. */
  signal(): AbortSignal;
  set(project: Project, jobs: JobRunner): void;
  /** Stops jobs and scans, then closes the file. */
  close(): Promise<void>;
  scanning: { active: boolean; found: number };
}

export interface Call<M extends MethodName> {
  readonly signal: AbortSignal;
  readonly clientId: string;
  progress(event: ProgressOf<M>): void;
}

export type HandlerMap = {
  readonly [M in MethodName]: (input: Input<M>, call: Call<M>) => Promise<Output<M>>;
};

/** The methods of one group, e.g. all of 'image.'. */
export type HandlerGroup<Prefix extends string> = Pick<
  HandlerMap,
  Extract<MethodName, `${Prefix}.${string}`>
>;

export function createOpenProject(): OpenProject {
  let project: Project | null = null;
  let jobs: JobRunner | null = null;
  let controller = new AbortController();
  const notOpen = () => new AppError('PROJECT_NOT_OPEN', 'Open a folder or a project first.');
  return {
    get() {
      if (!project) throw notOpen();
      return project;
    },
    writable() {
      if (!project) throw notOpen();
      if (project.readOnly)
        throw new AppError('PROJECT_READ_ONLY', project.readOnlyReason ?? 'Read-only.');
      return project;
    },
    current: () => project,
    jobs() {
      if (!jobs) throw notOpen();
      return jobs;
    },
    signal: () => controller.signal,
    set(next, runner) {
      project = next;
      jobs = runner;
      controller = new AbortController();
    },
    async close() {
      if (!project) return;
      const closing = project;
      controller.abort(new AppError('PROJECT_NOT_OPEN', 'The project was closed.'));
      await jobs?.stop();
      project = null;
      jobs = null;
      closing.close();
    },
    scanning: { active: false, found: 0 },
  };
}
