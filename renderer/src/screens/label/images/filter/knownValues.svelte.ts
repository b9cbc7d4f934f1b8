// What the project has of the words whose values are no list: tags, fields of classes, engines.
import type { Field } from '../../../../../../electron/api/rules/fields/fields.ts';
import type { App } from '../../../../state/app.svelte.ts';
import { perProject } from '../../../../state/perApp.svelte.ts';
import { text } from '../../../../text/text.ts';

export interface KnownValues {
  readonly tags: readonly string[];
  readonly engines: readonly string[];
  readonly fields: readonly Field[];
}

class Known implements KnownValues {
  readonly #app: App;
  tags = $state.raw<readonly string[]>([]);
  engines = $state.raw<readonly string[]>([]);

  constructor(app: App) {
    this.#app = app;
  }

  /** Of all classes, each name once. */
  get fields(): readonly Field[] {
    const fields = this.#app.session.categories.flatMap((category) => category.fields ?? []);
    return [...new Map(fields.map((field) => [field.name, field])).values()];
  }

  /** Asked anew, since other windows tag as well. */
  async refresh(): Promise<void> {
    const { session } = this.#app;
    if (!session.project) return;
    // Suggestions are an extra: without them a word can be typed all the same.
    const [tags, engines] = await Promise.all([
      session.call('image.tags', {}).catch(() => null),
      this.engines.length > 0 ? null : session.call('prelabel.engines', {}).catch(() => null),
    ]);
    if (tags) this.tags = tags.tags.map(({ tag }) => tag);
    if (engines)
      this.engines = engines.engines.map((engine) => text.models.engines.of(engine).name);
  }
}

export const knownOf = perProject((app) => new Known(app));
