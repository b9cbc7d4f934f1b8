// What an export is to hold, and where it goes, as the dialog's first page asks for it. It is kept with the project, so that
// the same export again is two keys.
import type { Output } from '../../../../electron/api/methods.ts';
import type { ExportWanted } from '../../../../electron/api/methods/exchange.ts';
import type { BrowseEntry } from '../../../../electron/api/methods/project.ts';
import type { CategoryId, ImageId } from '../../../../electron/api/types.ts';
import { perProject } from '../../state/perApp.svelte.ts';
import type { Session } from '../../state/session/session.svelte.ts';

export class ExportChoices {
  /** Picked in the image list; null = all, or those that were reviewed. */
  picked = $state.raw<readonly ImageId[] | null>(null);
  formats = $state.raw<Output<'export.formats'>['formats']>([]);
  format = $state('');
  only = $state<'all' | 'reviewed'>('all');
  proposals = $state(false);
  leftOut = $state.raw<ReadonlySet<CategoryId>>(new Set());
  /** Percent of the images that go to a validation set; 0 = one set. */
  validation = $state(0);
  fileName = $state('annotations.json');
  target = $state.raw<BrowseEntry | null>(null);
  /** The masks are looked through before they are written. */
  checks = $state(true);
  readonly #session: Session;

  readonly wanted: ExportWanted = $derived.by(() => ({
    only: this.picked ? 'all' : this.only,
    ...(this.picked ? { imageIds: this.picked } : {}),
    // None named = all of them.
    categoryIds:
      this.leftOut.size === 0
        ? []
        : this.#session.categories.map(({ id }) => id).filter((id) => !this.leftOut.has(id)),
    includeProposals: this.proposals,
  }));
  /** Every class is left out: none named would mean all of them. */
  readonly lacksClasses = $derived.by(() => {
    const { categories } = this.#session;
    return categories.length > 0 && categories.every(({ id }) => this.leftOut.has(id));
  });
  readonly chosen = $derived(this.formats.find((candidate) => candidate.id === this.format));

  constructor(session: Session) {
    this.#session = session;
  }

  async load(): Promise<void> {
    this.formats = (await this.#session.call('export.formats', {})).formats;
    if (!this.chosen) this.format = this.formats[0]?.id ?? '';
  }
}

export const choicesOf = perProject((app) => new ExportChoices(app.session));
