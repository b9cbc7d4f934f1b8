// The first pack for photographs: which one fits, its download from anywhere in the window, its selection when
// it is ready, and a run that waits for it.
import type { PackSummary } from '../../../../../electron/api/model.ts';
import type { App } from '../../../state/app.svelte.ts';
import { perApp } from '../../../state/perApp.svelte.ts';
import type { ProjectScope } from '../../../state/session/projectScope.svelte.ts';
import { text } from '../../../text/text.ts';
import { modelsOf, type Models } from '../models.svelte.ts';
import {
  hasTestedGpu,
  isFirstForPhotographs,
  knowsDrawnOnly,
  packToGet,
  shortName,
} from './photographs.ts';

export class FirstPack {
  readonly #app: App;
  readonly #models: Models;
  /** The project whose run waits; another project has none. */
  #waitsIn = $state.raw<ProjectScope | null>(null);
  /** The person goes on with the built-in model while the pack arrives. */
  meanwhile = $state(false);

  readonly pack: PackSummary | null = $derived.by(() =>
    packToGet(this.#app.session.packs, this.#models.devices),
  );
  readonly download = $derived.by(() => this.#models.downloads.of(this.pack?.id ?? ''));
  readonly problem = $derived.by(() => this.#models.downloads.problemOf(this.pack?.id ?? ''));
  /** What finds masks in the project now knows nothing but drawn things. */
  readonly drawnOnly: boolean = $derived.by(() => {
    const { session, prelabel } = this.#app;
    return knowsDrawnOnly(prelabel.params.engine, session.pack ?? null);
  });
  readonly state: 'none' | 'offered' | 'arriving' | 'paused' | 'trouble' = $derived.by(() => {
    if (this.pack === null) return 'none';
    if (this.download) return 'arriving';
    if (this.problem) return 'trouble';
    return this.pack.state === 'notInstalled' ? 'offered' : 'paused';
  });
  /** Photographs are open and only the built-in model is here to run on them. */
  readonly isNeeded: boolean = $derived.by(() => {
    const { project } = this.#app.session;
    return this.pack !== null && project !== null && !project.sample && this.drawnOnly;
  });
  /** Run waits for the pack instead of asking the built-in model. */
  readonly holdsRun: boolean = $derived.by(
    () => this.isNeeded && this.state === 'arriving' && !this.meanwhile,
  );

  constructor(app: App, models: Models) {
    this.#app = app;
    this.#models = models;
    models.onReady = (pack) => this.#chooseFirst(pack);
  }

  /** A run on the open image begins when the pack is ready. */
  get waiting(): boolean {
    return this.#waitsIn !== null && this.#waitsIn === this.#app.session.scope;
  }

  /** Learns which devices are known, so that the right pack is offered. */
  async look(): Promise<void> {
    if (this.#models.devices === null) await this.#app.attempt(() => this.#models.look());
  }

  /** Starts the download or goes on with it. */
  async get(): Promise<void> {
    this.meanwhile = false;
    if (this.pack) await this.#models.downloads.start(this.pack);
  }

  /** What arrived is kept, and a run that waits goes on waiting. */
  async pause(): Promise<void> {
    if (this.pack) await this.#models.downloads.pause(this.pack.id);
  }

  /** Stops the download and deletes what arrived. */
  async cancel(): Promise<void> {
    const { pack } = this;
    if (!pack) return;
    this.#waitsIn = null;
    await this.#models.downloads.pause(pack.id);
    // It became ready while the question stood: it is no download any more.
    const now = this.#app.session.packs.find(({ id }) => id === pack.id);
    if (now?.state === 'paused') await this.#models.remove(now);
  }

  /** The built-in model runs until the pack is ready; a run that waits begins now. */
  useMeanwhile(): void {
    const ran = this.waiting;
    this.meanwhile = true;
    this.#waitsIn = null;
    if (ran) this.#run();
  }

  /** Run was pressed: true = it waits now, or does no longer; false = nothing holds it. */
  hold(): boolean {
    if (!this.holdsRun || !this.pack) {
      // A run now takes the place of the one that waits.
      this.#waitsIn = null;
      return false;
    }
    this.#waitsIn = this.waiting ? null : this.#app.session.scope;
    const name = shortName(this.pack);
    const words = text.models.first;
    const said = this.waiting ? words.waits(name) : words.waitsNoMore;
    // The Label screen shows it on the canvas and under it, where a toast would cover it.
    if (this.#app.session.screen === 'label') this.#app.toasts.say(said);
    else this.#app.toasts.show(said);
    return true;
  }

  /** The first pack for photographs is chosen by itself, told with the way back. */
  async #chooseFirst(pack: PackSummary): Promise<boolean> {
    const { session, toasts } = this.#app;
    if (!isFirstForPhotographs(pack, session.packs, session.settings.packId)) return false;
    const builtIn = session.packs.find((one) => one.builtIn);
    const hadGpu = hasTestedGpu(this.#models.devices);
    const ran = this.waiting;
    this.#waitsIn = null;
    this.meanwhile = false;
    await this.#models.choose(pack);
    toasts.show(text.models.first.chosen(shortName(pack)), {
      action: builtIn
        ? { label: text.models.first.useDrawn, run: () => void this.#models.use(builtIn) }
        : null,
    });
    // Every pack has tests of its own; the processor needs none to be used.
    if (hadGpu) await this.#models.test(null);
    if (ran) this.#run();
    return true;
  }

  /** As Run's key does; on a screen without that command the open image is run all the same. */
  #run(): void {
    if (!this.#app.commands.run('model.run')) void this.#app.prelabel.run();
  }
}

/** The first pack of a window. */
export const firstPackOf = perApp((app) => new FirstPack(app, modelsOf(app)));
