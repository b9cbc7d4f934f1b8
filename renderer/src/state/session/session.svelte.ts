// The connection, the open project, its classes and the settings: what every screen stands on.
import { AppError } from '../../../../electron/api/errors.ts';
import type { EventName, Events } from '../../../../electron/api/events.ts';
import type { Input, MethodName, Output } from '../../../../electron/api/methods.ts';
import { DEFAULT_SETTINGS } from '../../../../electron/api/settings.ts';
import type {
  Category,
  CategoryChange,
  CategoryId,
  ImageId,
} from '../../../../electron/api/types.ts';
import type { Connection } from '../../host/connect.ts';
import { pictureUrl } from '../../host/media.ts';
import { changeOf, isOutdated, type CategoryEdit } from './categoryEdit.ts';
import { Listeners } from './listeners.ts';
import { Notices } from './notices.svelte.ts';
import { ProjectScope } from './projectScope.svelte.ts';
import type { ScreenId } from './screenId.ts';
import type { PackSummary } from '../../../../electron/api/model.ts';
import type { ProjectSummary } from '../../../../electron/api/methods/project.ts';
import type { Client } from '../../../../electron/api/wire/client.ts';
import type { DeviceReport } from '../../../../electron/api/model.ts';
import type { Settings } from '../../../../electron/api/settings.ts';
import type { RequestOptions } from '../../../../electron/api/wire/client.ts';

export type Connecting = (
  clientId: string,
  lastRevision: ProjectSummary['revision'] | null,
) => Promise<Connection>;

/** Events about the open project, whichever that is. */
const OF_PROJECT: ReadonlySet<EventName> = new Set([
  'project.revision',
  'project.changed',
  'project.turned',
  'job.status',
]);

/** What took the place of this window's project; `name` null = nothing, it was closed. */
export interface Displaced {
  readonly name: string | null;
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
  /** Owner of what belongs to the open project; null = none is open. */
  scope = $state.raw<ProjectScope | null>(null);
  /** Another window opened this project or closed this window's: nothing here can be saved until it is open again. */
  displaced = $state.raw<Displaced | null>(null);
  screen = $state<ScreenId>('home');
  packs = $state.raw<readonly PackSummary[]>([]);
  devices = $state.raw<readonly DeviceReport[]>([]);
  readonly notices = new Notices();

  readonly #connect: Connecting;
  #client = $state.raw<Client | null>(null);
  /** The engine holds another project than the one shown here. */
  #elsewhere = false;
  readonly #listeners = new Listeners();

  readonly project: ProjectSummary | null = $derived(this.scope?.summary ?? null);
  /** False in a window that only looks: what would be edited there could not be saved. */
  readonly canEdit: boolean = $derived(
    this.project !== null && !this.project.readOnly && this.displaced === null,
  );
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

  /** The model that makes masks of clicks; null = none is here. */
  readonly clickPack: PackSummary | null = $derived(
    chosenOf(
      this.packs.filter(({ kind, state }) => kind === 'segment' && state === 'ready'),
      this.settings.clickPackId,
    ),
  );

  constructor(clientId: string, connect: Connecting) {
    this.clientId = clientId;
    this.#connect = connect;
    this.on('project.revision', ({ totals }) => this.scope?.takeTotals(totals));
    this.on('project.changed', (event) => this.#changed(event));
    this.on('project.current', (event) => this.#follow(event));
  }

  /** The window works on this project from now on; null = on none. */
  show(summary: ProjectSummary | null): void {
    this.displaced = null;
    this.#elsewhere = false;
    if (summary !== null && summary.id === this.scope?.id) return this.scope.take(summary);
    this.scope?.drop();
    this.scope = summary && new ProjectScope(summary);
  }

  #changed({ totals, scanning, scanned }: Events['project.changed']): void {
    const { scope } = this;
    if (!scope) return;
    scope.takeTotals(scanning ? { ...totals, images: Math.max(totals.images, scanned) } : totals);
    scope.summary = { ...scope.summary, scanning };
    // Classes and settings are not in the event.
    if (!scanning) this.refreshProject().catch(() => undefined);
  }

  /** A project was opened or closed, by this window or another. */
  #follow({ id, name, clientId }: Events['project.current']): void {
    if (!this.scope) return;
    this.#elsewhere = id !== this.scope.id;
    if (this.#elsewhere) {
      // What this window itself opens is shown with the answer of its call.
      if (clientId !== this.clientId || id === null) this.displaced = { name: id && name };
      return;
    }
    if (clientId === this.clientId) return;
    // Ours again: what it holds now is asked for, which also tells the engine what this window shows.
    this.refreshProject().catch(() => undefined);
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
      this.#listeners.connect(client);
      this.connection = 'open';
      // Its end tells the engine that this window is gone; what ends with it is not an error here.
      void client.request('parked.hold', {}).catch(() => undefined);
      this.show(hello.projectOpen ? await this.call('project.summary', {}) : null);
      this.refreshModels().catch(() => undefined);
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

  /** Listens over reconnects. A promise that `listener` gives may fail: the next news asks again. */
  on<E extends EventName>(
    event: E,
    listener: (payload: Events[E]) => void | Promise<void>,
    signal?: AbortSignal,
  ): void {
    // News of another project is none of this window's.
    const told = (payload: Events[E]) => {
      if (this.#elsewhere && OF_PROJECT.has(event)) return;
      // What is asked after news ends with its project or its connection, and both say so themselves.
      Promise.resolve(listener(payload)).catch(() => undefined);
    };
    this.#listeners.add(event, told, signal);
  }

  /** Small picture of an image of the open project, for lists. */
  thumbnail(imageId: ImageId): string {
    return this.scope ? pictureUrl('thumb', this.scope.id, imageId) : '';
  }

  async refreshProject(): Promise<void> {
    this.show(await this.call('project.summary', {}));
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

  /** Changes fields of classes, each from what is shown here. */
  async changeCategories(edits: readonly CategoryEdit[]): Promise<void> {
    const known = this.categoryById;
    await this.saveCategories(edits.flatMap(({ id, after }) => changeOf(known.get(id), after)));
  }

  /** Sends changes of classes; what another window changed first is refused and then shown. */
  async saveCategories(changes: readonly CategoryChange[]): Promise<void> {
    if (changes.length === 0) return;
    try {
      const answer = await this.call('category.save', { changes });
      this.setCategories(answer.categories);
    } catch (error) {
      if (isOutdated(error)) await this.refreshProject();
      throw error;
    }
  }

  setCategories(categories: readonly Category[]): void {
    const { scope } = this;
    if (scope) scope.summary = { ...scope.summary, categories };
  }
}

/** The pack of that id, else the first. */
function chosenOf(packs: readonly PackSummary[], id: string): PackSummary | null {
  return packs.find((pack) => pack.id === id) ?? packs[0] ?? null;
}
