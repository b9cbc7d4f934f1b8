// Packs, downloads, devices and precisions as the Models screen shows them. It outlives the screen,
// so that a download goes on while another screen is open.
import type { Handle } from '../../../../electron/api/types.ts';
import type { Output } from '../../../../electron/api/methods.ts';
import type {
  DeviceSummary,
  PackSummary,
  Precision,
  PrecisionReport,
  TokenState,
} from '../../../../electron/api/model.ts';
import { isCancelled } from '../../text/explain.ts';
import { text } from '../../text/text.ts';
import type { App } from '../../state/app.svelte.ts';
import { perApp } from '../../state/perApp.svelte.ts';
import { Downloads } from './packs/downloads.svelte.ts';

/** Told of a pack that has just become ready; true = it has said so to the person. */
export type ReadyListener = (pack: PackSummary) => Promise<boolean>;

export class Models {
  readonly #app: App;
  readonly downloads: Downloads;
  /** Packs whose every byte was checked since the window opened. */
  verified = $state.raw<ReadonlySet<string>>(new Set());
  verifying = $state<string | null>(null);
  place = $state.raw<Output<'model.place'> | null>(null);
  devices = $state.raw<DeviceSummary | null>(null);
  /** Device under test, '' while all are; null = none. */
  testing = $state<string | null>(null);
  testingNow = $state<string | null>(null);
  precisions = $state.raw<readonly PrecisionReport[]>([]);
  measuring = $state.raw<{ precision: Precision; share: number } | null>(null);
  /** A pack that is being made of files of this computer, and how much of them was read. */
  adding = $state.raw<{ readonly share: number | null } | null>(null);
  /** Where the access token comes from; the token itself is not here. */
  token = $state.raw<TokenState | null>(null);
  onReady: ReadyListener = () => Promise.resolve(false);
  #test: AbortController | null = null;
  #measure: AbortController | null = null;
  #add: AbortController | null = null;

  constructor(app: App) {
    this.#app = app;
    this.downloads = new Downloads(app.session, (ready) =>
      this.#arrived(ready, text.models.installed),
    );
  }

  /** Everything the screen shows; devices are tested once for a pack that never was. */
  async refresh(): Promise<void> {
    const { session } = this.#app;
    await this.#app.attempt(async () => {
      this.place = await session.call('model.place', {});
      this.token = await session.call('model.token', {});
      await this.#refreshDevices();
    });
    if (this.devices && this.devices.testedAt === null && this.testing === null)
      await this.test(null);
  }

  /** Loads the known devices without a test. */
  async look(): Promise<void> {
    this.devices = await this.#app.session.call('device.list', {});
  }

  async #refreshDevices(): Promise<void> {
    const { session } = this.#app;
    this.devices = await session.call('device.list', {});
    // The speed of each pack is that of the device in use.
    await session.refreshModels();
    session.devices = this.devices.devices;
    const id = this.devices.packId;
    this.precisions = (await session.call('model.precision', { id, measure: null })).reports;
  }

  /** Makes a pack the one that runs, in the settings and so for every project without its own. */
  async choose(pack: PackSummary): Promise<void> {
    await this.#app.session.changeSettings({ packId: pack.id });
    await this.#refreshDevices();
  }

  /** Makes a pack the one that answers clicks. */
  async useForClicks(pack: PackSummary): Promise<void> {
    await this.#app.attempt(async () => {
      await this.#app.session.changeSettings({ clickPackId: pack.id });
      this.#app.toasts.say(text.models.usedForClicks(pack.name));
    });
    if (pack.speedMs === null && this.testing === null) await this.test(null);
  }

  /** Chooses a pack and tests the devices with it where they never were. */
  async use(pack: PackSummary): Promise<void> {
    await this.#app.attempt(async () => {
      await this.choose(pack);
      this.#app.toasts.say(text.models.used(pack.name));
    });
    if (this.devices?.testedAt === null && this.testing === null) await this.test(null);
  }

  /** Lists the packs again; announces a new one. */
  async #arrived(ready: PackSummary | null, words: (name: string) => string): Promise<void> {
    await this.#app.attempt(async () => {
      await this.#app.session.refreshModels();
      this.place = await this.#app.session.call('model.place', {});
      if (ready && !(await this.onReady(ready))) this.#app.toasts.show(words(ready.name));
    });
  }

  /** Hands a token to the engine for the hub in use; null = forgets it. Throws what is wrong with it. */
  async keepToken(token: string | null): Promise<void> {
    this.token = await this.#app.session.call('model.token', { token });
  }

  async remove(pack: PackSummary): Promise<void> {
    await this.#app.attempt(async () => {
      await this.#app.session.call('model.remove', { id: pack.id });
      this.downloads.forget(pack.id);
      const { session } = this.#app;
      if (session.settings.packId === pack.id) await session.changeSettings({ packId: '' });
      await session.refreshModels();
      this.place = await session.call('model.place', {});
      await this.#refreshDevices();
    });
  }

  async verify(pack: PackSummary): Promise<void> {
    this.verifying = pack.id;
    await this.#app.attempt(async () => {
      const { problems } = await this.#app.session.call('model.verify', { id: pack.id });
      const [first] = problems;
      const verified = new Set(this.verified);
      if (first === undefined) verified.add(pack.id);
      else verified.delete(pack.id);
      this.verified = verified;
      this.#app.toasts.show(
        first === undefined ? text.models.whole(pack.name) : text.models.damaged(pack.name, first),
        first === undefined ? {} : { kind: 'error' },
      );
    });
    this.verifying = null;
  }

  /**
   * Adds a folder or weight file of this computer, or the file of an entry of the catalogue; throws what went
   * wrong, for the dialog. False = it was stopped.
   */
  async addLocal(source: Handle, name: string, entry?: string): Promise<boolean> {
    const stop = new AbortController();
    this.#add = stop;
    this.adding = { share: null };
    try {
      const { pack } = await this.#app.session.call(
        'model.addLocal',
        { source, name, ...(entry === undefined ? {} : { entry }) },
        {
          signal: stop.signal,
          onProgress: ({ done, total }) =>
            (this.adding = { share: total > 0 ? done / total : null }),
        },
      );
      await this.#arrived(pack, text.models.added);
      return true;
    } catch (error) {
      if (isCancelled(error)) return false;
      throw error;
    } finally {
      this.adding = null;
    }
  }

  stopAdding(): void {
    this.#add?.abort();
  }

  /** Tests one device, or all. */
  async test(provider: string | null): Promise<void> {
    if (this.testing !== null) return;
    const stop = new AbortController();
    this.#test = stop;
    this.testing = provider ?? '';
    await this.#app.attempt(() =>
      this.#app.session
        .call(
          'device.test',
          { provider },
          { signal: stop.signal, onProgress: ({ stage }) => (this.testingNow = stage) },
        )
        .catch((error: unknown) => {
          if (!isCancelled(error)) throw error;
        }),
    );
    this.testing = null;
    this.testingNow = null;
    this.#app.session.notices.fellBack = null;
    await this.#app.attempt(() => this.#refreshDevices());
  }

  stopTest(): void {
    this.#test?.abort();
  }

  async chooseDevice(provider: string): Promise<void> {
    await this.#app.attempt(async () => {
      await this.#app.session.changeSettings({ provider });
      this.#app.session.notices.fellBack = null;
      await this.#refreshDevices();
    });
  }

  async measure(precision: Exclude<Precision, 'f32'>): Promise<void> {
    const id = this.devices?.packId;
    if (id === undefined || this.measuring) return;
    const stop = new AbortController();
    this.#measure = stop;
    this.measuring = { precision, share: 0 };
    await this.#app.attempt(async () => {
      const { reports } = await this.#app.session
        .call(
          'model.precision',
          { id, measure: precision },
          {
            signal: stop.signal,
            onProgress: ({ done, total }) =>
              (this.measuring = { precision, share: total > 0 ? done / total : 0 }),
          },
        )
        .catch((error: unknown) => {
          if (isCancelled(error)) return { reports: this.precisions };
          throw error;
        });
      this.precisions = reports;
    });
    this.measuring = null;
  }

  stopMeasure(): void {
    this.#measure?.abort();
  }
}

/** The models of a window. */
export const modelsOf = perApp((app) => new Models(app));
