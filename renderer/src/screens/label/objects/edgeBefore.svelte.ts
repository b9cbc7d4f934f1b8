// The other edge of the selected proposal: the one before a click model drew it anew, made again from the maps of its
// run, once for each run; or the model's where it was refused, asked again with the clicks that it was given.
import type { ClickPoint } from '../../../../../electron/api/clicks/clicks.ts';
import type { KeptEdge } from '../../../../../electron/api/clicks/edges.ts';
import type { RunSummary } from '../../../../../electron/api/run.ts';
import type { Annotation, RleMask } from '../../../../../electron/api/types.ts';
import { area } from '../../../../../electron/masks/runs/rle.ts';
import { intersect } from '../../../../../electron/masks/runs/combine.ts';
import type { EdgeLook } from '../../../canvas/previews/edgeBefore.ts';
import type { App } from '../../../state/app.svelte.ts';
import { findingsOf, keptOf, refinedOf } from '../../../state/document/edges.ts';
import { perProject } from '../../../state/perApp.svelte.ts';
import { withRefining } from '../../models/edges/edgeSettings.ts';

interface Before {
  readonly run: RunSummary;
  readonly proposals: readonly Annotation[];
}

interface Refused {
  readonly finding: KeptEdge;
  readonly mask: RleMask;
}

/** The click model's own cut, the whole of its mask. */
export const AS_IT_IS = { cut: 0, specks: true, part: null } as const;

class EdgeBefore {
  readonly #app: App;
  readonly #signal: AbortSignal;
  #before = $state.raw<Before | null>(null);
  #asked: RunSummary | null = null;
  #refused = $state.raw<Refused | null>(null);

  constructor(app: App, signal: AbortSignal) {
    this.#app = app;
    this.#signal = signal;
  }

  /** The one selected proposal, where a click model was asked about it. */
  readonly target = $derived.by(() => {
    const { run, selected } = this.#app.document;
    const [only, ...others] = selected;
    if (!only || others.length > 0 || only.status !== 'proposal') return null;
    const findings = findingsOf(run, only);
    return findings.length > 0 ? { annotation: only, findings } : null;
  });
  /** Whether some of its edge was redrawn. */
  readonly isRefined = $derived(this.target !== null && refinedOf(this.target.findings) !== null);

  /** The masks of the run that this one came from; none where its edge stayed, or until they are there. */
  readonly before: readonly RleMask[] = $derived(
    this.target && this.isRefined ? this.#masksOf(this.target.annotation) : [],
  );
  /** An edge that stayed, whose other one can be asked for. */
  readonly kept: KeptEdge | null = $derived.by(() => {
    const kept = this.target ? keptOf(this.target.findings) : null;
    return kept?.asked && this.#app.session.clickPack ? kept : null;
  });
  /** The refused mask while it is shown. */
  readonly refused: RleMask | null = $derived(
    this.#refused !== null && this.#refused.finding === this.kept ? this.#refused.mask : null,
  );

  /** Null while nothing of it is to be drawn. */
  readonly look: EdgeLook | null = $derived.by(() => {
    if (!this.target) return null;
    const { findings } = this.target;
    const points: ClickPoint[] = findings.flatMap(({ asked }) => [...(asked?.points ?? [])]);
    return { before: this.refused ? [...this.before, this.refused] : this.before, points };
  });

  /** Asks for the masks of the run without new edges; the same run again costs nothing. */
  async load(): Promise<void> {
    const { session, document } = this.#app;
    const { run } = document;
    if (!run || !this.isRefined || this.#asked === run) return;
    this.#asked = run;
    const overrides = withRefining(run.params.overrides, false);
    const asked = { runId: run.runId, params: { ...run.params, overrides }, thresholds: {} };
    try {
      const { proposals } = await session.call(
        'prelabel.reapply',
        { ...asked, draft: false, commit: false },
        { signal: this.#signal },
      );
      if (this.#asked === run) this.#before = { run, proposals };
    } catch {
      // Maps that are gone or a run that was replaced: the edge is shown as it is, without the one before.
      if (this.#asked === run) this.#before = null;
    }
  }

  /** Shows what the click model drew where its edge was refused, or hides it again. */
  async toggleRefused(): Promise<void> {
    const finding = this.kept;
    const { session, document } = this.#app;
    const { image } = document;
    if (this.refused) {
      this.#refused = null;
      return;
    }
    if (!finding?.asked || !image) return;
    const { mask } = await session.call(
      'segment.decode',
      {
        imageId: image.id,
        crop: null,
        prompt: finding.asked,
        start: { kind: 'nothing' },
        cut: AS_IT_IS,
      },
      { signal: this.#signal },
    );
    this.#refused = { finding, mask };
  }

  #masksOf({ categoryId, mask }: Annotation): RleMask[] {
    if (this.#before?.run !== this.#app.document.run) return [];
    return this.#before.proposals
      .filter((one) => one.categoryId === categoryId && area(intersect(one.mask, mask)) > 0)
      .map((one) => one.mask);
  }
}

/** Of a project's open image. */
export const edgeBeforeOf = perProject((app, signal) => new EdgeBefore(app, signal));
