// What every handler works with: settings, caches, the inference link and the one open project.
import { AppError } from '../api/errors.ts';
import type { EventName, Events } from '../api/events.ts';
import type { Input, MethodName, Output, ProgressOf } from '../api/methods.ts';
import type { ProjectTotals } from '../api/methods/project.ts';
import type { Settings } from '../api/settings.ts';
import type { PackPlaces } from '../../models/packs/places.ts';
import type { DeviceRecords } from './devices/records.ts';
import type { CacheFolder } from './files/cacheFolder.ts';
import type { Handles } from './files/handles.ts';
import type { JsonFile } from './files/jsonFile.ts';
import type { InferenceLink } from './inferenceLink/link.ts';
import type { JobRunner } from './jobRunner.ts';
import { statusCounts } from './project/images/images.ts';
import type { Project } from './project/project.ts';
import type { RecentEntry } from './project/recents.ts';
import type { HubTokens } from './secrets/hubTokens.ts';
import type { Windows } from './opening/windows.ts';

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
  /** Opens a page of this program in the system's browser; left out where the window is in one. */
  readonly openPage?: (path: string) => void;
  /** The system's proxy for an address; left out where only the environment can name one. */
  readonly proxyFor?: (url: string) => Promise<string | null>;
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
  readonly windows: Windows;
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
  /** Runs openings and closings one after the other: two at once would leave a lock behind. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  set(project: Project, jobs: JobRunner): void;
  /** Stops jobs and scans, then closes the file. */
  close(): Promise<void>;
  /** Closes what is open or being opened, for good. */
  end(): Promise<void>;
  /** Methods about the project that are still being answered. */
  underWay(): Iterable<MethodName>;
  /** Counts a call in; the returned function counts it out. */
  begin(method: MethodName): () => void;
  /** The project's counts as they are now. */
  totals(): ProjectTotals;
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

function callsUnderWay(): Pick<OpenProject, 'underWay' | 'begin'> {
  /** One entry per call: several of one method run at once. */
  const calls = new Set<{ readonly method: MethodName }>();
  return {
    underWay: () => [...calls].map(({ method }) => method),
    begin(method) {
      const call = { method };
      calls.add(call);
      return () => void calls.delete(call);
    },
  };
}

export function createOpenProject(): OpenProject {
  let project: Project | null = null;
  let jobs: JobRunner | null = null;
  let controller = new AbortController();
  let turn: Promise<unknown> = Promise.resolve();
  let ended = false;
  let asOf = 0;
  const notOpen = () => new AppError('PROJECT_NOT_OPEN', 'Open a folder or a project first.');
  const closedProject = () => new AppError('PROJECT_NOT_OPEN', 'The project was closed.');
  async function close(): Promise<void> {
    if (!project) return;
    const closing = project;
    controller.abort(closedProject());
    await jobs?.stop();
    project = null;
    jobs = null;
    closing.close();
  }
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
    inTurn(work) {
      const result = turn.then(() => {
        if (ended) throw closedProject();
        return work();
      });
      // A failed opening is reported to its own caller, not to the next one.
      turn = result.catch(() => undefined);
      return result;
    },
    set(next, runner) {
      controller.abort(closedProject());
      project = next;
      jobs = runner;
      controller = new AbortController();
      // An opening that was under way when the program began to end must end too.
      if (ended) controller.abort(closedProject());
    },
    close,
    async end() {
      ended = true;
      controller.abort(closedProject());
      await turn;
      await close();
    },
    ...callsUnderWay(),
    totals() {
      if (!project) throw notOpen();
      // Goes on rising over a restart of this process: windows keep what they know.
      asOf = Math.max(asOf + 1, Date.now());
      return { asOf, ...statusCounts(project.store) };
    },
    scanning: { active: false, found: 0 },
  };
}
