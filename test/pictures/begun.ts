// The sample project as its first run left it: what every part of a walk but the first begins with, so that
// no part stands on another one.
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { callEngine } from '../../electron/hosts/startEngine.ts';
import type { AppDriver, AppPage } from '../helpers/drivers/appDriver.ts';
import { tinyClipPack } from '../helpers/fixtures/clipPack.ts';
import { installClickPack } from '../helpers/fixtures/clickPack.ts';

export class Begun {
  readonly #app: AppDriver;
  readonly #tab: AppPage;
  readonly #projects: string;
  readonly #kept: string;
  readonly #packs: string;
  #hasModels = false;

  private constructor(app: AppDriver, tab: AppPage) {
    this.#app = app;
    this.#tab = tab;
    this.#projects = join(app.folder, 'home', 'projects');
    this.#kept = join(app.folder, 'begun');
    this.#packs = join(app.folder, 'packs');
  }

  /** Keeps the open project as it is now. */
  static async keep(app: AppDriver, tab: AppPage): Promise<Begun> {
    const begun = new Begun(app, tab);
    await callEngine(app.engine, 'project.close', {});
    await cp(begun.#projects, begun.#kept, { recursive: true });
    return begun;
  }

  /** That project again, at its first image, with the built-in model alone. */
  async again(): Promise<void> {
    await callEngine(this.#app.engine, 'project.close', {});
    for (const folder of [this.#projects, this.#packs])
      await rm(folder, { recursive: true, force: true });
    this.#hasModels = false;
    await cp(this.#kept, this.#projects, { recursive: true });
    await callEngine(this.#app.engine, 'project.openSample', {});
    // The address says which screen and image are shown.
    const { page } = this.#tab;
    const { origin } = new URL(page.url());
    await page.goto('about:blank');
    await page.goto(`${origin}/#/label`);
    await this.#tab.ready();
  }

  /** A click model and a CLIP with small random weights. */
  async addModels(): Promise<void> {
    if (this.#hasModels) return;
    this.#hasModels = true;
    await installClickPack(this.#packs);
    await tinyClipPack(this.#packs);
    await this.#tab.page.reload();
    await this.#tab.ready();
  }
}
