// The connection, the open project, its classes and the settings: what every screen stands on.
import { AppError } from '../../../electron/api/errors.ts';
import type { EventName, Events } from '../../../electron/api/events.ts';
import type { Input, MethodName, Output, ProjectSummary } from '../../../electron/api/methods.ts';
import type { Client, RequestOptions } from '../../../electron/api/wire/peer.ts';
import { DEFAULT_SETTINGS } from '../../../electron/api/settings.ts';
import type {
  Category,
  CategoryId,
  DeviceReport,
  PackSummary,
  Settings,
} from '../../../electron/api/types.ts';
import type { Connection } from '../host/connect.ts';

export type ScreenId =
  'home' | 'label' | 'evidence' | 'review' | 'jobs' | 'tune' | 'statistics' | 'models' | 'settings';

export type Connecting = (
  clientId: string,
  lastRevision: ProjectSummary['revision'] | null,
) => Promise<Connection>;

export interface Notice {
  readonly id: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly code: string;
  readonly message: string;
}

/** Before the engine has answered; never sent anywhere. */
const UNANSWERED: Settings = { ...DEFAULT_SETTINGS, theme: 'dark' };

/** So many class colours are told apart at a glance. */
const TRUSTED_COLORS = 12;

export class Session {
  readonly clientId: string;
  connection = $state<'connecting' | 'open' | 'lost'>('connecting');
  engineVersion = $state('');
  nativeDialogs = $state(false);
  /** The system's file manager can be asked to show a file. */
  showsFiles = $state(false);
  settings = $state.raw<Settings>(UNANSWERED);
  project = $state.raw<ProjectSummary | null>(null);
  screen = $state<ScreenId>('home');
  packs = $state.raw<readonly PackSummary[]>([]);
  devices = $state.raw<readonly DeviceReport[]>([]);
  notices = $state.raw<readonly Notice[]>([]);
  /** Why the chosen device or precision does not run; stays when its banner was closed. */
  fellBack = $state<string | null>(null);

  readonly #connect: Connecting;
  #client = $state.raw<Client | null>(null);
  #subscriptions: (() => void)[] = [];
  #listeners: { event: EventName; listener: (payload: never) => void }[] = [];
  #nextNotice = 1;

  readonly categories: readonly Category[] = $derived(
    [...(this.project?.categories ?? [])].sort((a, b) => a.order - b.order),
  );
  readonly categoryById: ReadonlyMap<CategoryId, Category> = $derived(
    new Map(this.categories.map((category) => [category.id, category])),
  );
  /** Place of each class in the list, from 1, where they are too many for colour alone; else nothing. */
  readonly numbers: ReadonlyMap<CategoryId, number> = $derived(
    new Map(
      this.categories.length > TRUSTED_COLORS
        ? this.categories.map(({ id }, place) => [id, place + 1])
        : [],
    ),
  );
  readonly pack: PackSummary | null = $derived(
    this.packs.find((pack) => pack.id === (this.project?.packId || this.settings.packId)) ??
      this.packs.find((pack) => pack.builtIn) ??
      null,
  );

  constructor(clientId: string, connect: Connecting) {
    this.clientId = clientId;
    this.#connect = connect;
  }

  /** Connects (again), renews subscriptions and learns whether a project is open. */
  async open(): Promise<void> {
    this.connection = 'connecting';
    try {
      const { client, hello } = await this.#connect(this.clientId, this.project?.revision ?? null);
      this.#client = client;
      this.engineVersion = hello.engineVersion;
      this.nativeDialogs = hello.nativeDialogs;
      this.showsFiles = hello.showsFiles;
      this.settings = hello.settings;
      client.onClose(() => {
        if (this.#client === client) this.connection = 'lost';
      });
      this.#subscriptions = this.#listeners.map(({ event, listener }) =>
        client.subscribe(event, listener as (payload: Events[EventName]) => void),
      );
      this.connection = 'open';
      this.project = hello.projectOpen ? await this.call('project.summary', {}) : null;
      void this.refreshModels();
    } catch (error) {
      this.connection = 'lost';
      throw error;
    }
  }

  /** One request to the engine, typed by the method map. */
  call<M extends MethodName>(
    method: M,
    input: Input<M>,
    options?: RequestOptions<M>,
  ): Promise<Output<M>> {
    if (!this.#client)
      return Promise.reject(new AppError('CONNECTION_CLOSED', 'The engine is not connected.'));
    return this.#client.request(method, input, options);
  }

  /** Listens over reconnects. */
  on<E extends EventName>(event: E, listener: (payload: Events[E]) => void): void {
    this.#listeners.push({ event, listener: listener as (payload: never) => void });
    if (this.#client) this.#subscriptions.push(this.#client.subscribe(event, listener));
  }

  async refreshProject(): Promise<void> {
    this.project = await this.call('project.summary', {});
  }

  async refreshModels(): Promise<void> {
    this.packs = (await this.call('model.list', {})).packs;
  }

  async changeSettings(patch: Partial<Settings>): Promise<void> {
    // Shown at once; the engine's answer is the truth.
    this.settings = { ...this.settings, ...patch };
    this.settings = await this.call('settings.set', patch);
    // The project names the model that it runs with, and that model's thresholds.
    if (patch.packId !== undefined && this.project) await this.refreshProject();
  }

  async saveCategories(categories: readonly Category[]): Promise<void> {
    const answer = await this.call('category.save', { categories });
    this.setCategories(answer.categories);
  }

  setCategories(categories: readonly Category[]): void {
    if (this.project) this.project = { ...this.project, categories };
  }

  notice(level: Notice['level'], code: string, message: string): void {
    if (code === 'DEVICE_FELL_BACK') this.fellBack = message;
    const known = this.notices.filter((notice) => notice.message !== message);
    this.notices = [...known, { id: this.#nextNotice++, level, code, message }].slice(-5);
  }

  dismissNotice(id: number): void {
    this.notices = this.notices.filter((notice) => notice.id !== id);
  }
}
