// How the edge of a proposal was found: the choices that the click model had for the clicks of the run, asked
// again when a person opens the explanation.
import type { ClickAnswer } from '../../../../../../electron/api/clicks/clicks.ts';
import type { EdgeFinding } from '../../../../../../electron/api/clicks/edges.ts';
import type { ImageId, RleMask } from '../../../../../../electron/api/types.ts';
import { intersectionOverUnion } from '../../../../../../electron/masks/runs/combine.ts';
import type { App } from '../../../../state/app.svelte.ts';
import { perProject } from '../../../../state/perApp.svelte.ts';
import type { ClickStep } from '../../../../tools/segment/state.ts';
import { AS_IT_IS, edgeBeforeOf } from '../../objects/edgeBefore.svelte.ts';

/** More choices are no easier to compare. */
const MOST = 4;
/** A choice that is less like the mask was not the one that was taken. */
const TAKEN = 0.5;

export interface EdgeChoice {
  readonly fit: number;
  readonly mask: RleMask;
}

class WhyEdge {
  readonly #app: App;
  readonly #signal: AbortSignal;
  /** Somebody asked; it stays so for the proposals that are selected next. */
  open = $state(false);
  problem = $state.raw<unknown>(null);
  #found = $state.raw<{ finding: EdgeFinding; choices: readonly EdgeChoice[] } | null>(null);
  #asked: EdgeFinding | null = null;

  constructor(app: App, signal: AbortSignal) {
    this.#app = app;
    this.#signal = signal;
  }

  /** Of the parts that the click model was asked about, the first whose clicks are known. */
  readonly finding: EdgeFinding | null = $derived.by(() => {
    const findings = edgeBeforeOf(this.#app).target?.findings ?? [];
    return findings.find(({ asked }) => asked !== undefined) ?? findings[0] ?? null;
  });
  readonly choices: readonly EdgeChoice[] = $derived(
    this.#found !== null && this.#found.finding === this.finding ? this.#found.choices : [],
  );
  readonly steps: readonly ClickStep[] = $derived.by(() => {
    const { points = [], box = null } = this.finding?.asked ?? {};
    return [
      ...(box ? [{ kind: 'box' as const, box }] : []),
      ...points.map((point) => ({ kind: 'click' as const, ...point })),
    ];
  });

  /** The choice that became the mask; -1: none did. */
  chosen(mask: RleMask): number {
    if (this.finding?.kind !== 'refined') return -1;
    const like = this.choices.map((one) => intersectionOverUnion(one.mask, mask));
    const most = Math.max(...like);
    return most < TAKEN ? -1 : like.indexOf(most);
  }

  /** Asks for the choices once for each edge; without a click model or its clicks there are none. */
  async load(): Promise<void> {
    const { finding } = this;
    const { session, document } = this.#app;
    const { image } = document;
    if (!finding?.asked || !image || !session.clickPack || this.#asked === finding) return;
    this.#asked = finding;
    this.problem = null;
    const asked = { imageId: image.id, crop: null, prompt: finding.asked, cut: AS_IT_IS };
    try {
      const answer = await session.call(
        'segment.decode',
        { ...asked, start: { kind: 'nothing' } },
        { signal: this.#signal },
      );
      const choices = await this.#masksOf(answer, image.id);
      if (this.#asked === finding) this.#found = { finding, choices };
    } catch (error) {
      // The other pictures stand without them; the next selection asks again.
      if (this.#asked !== finding || this.#signal.aborted) return;
      this.#asked = null;
      this.problem = error;
    }
  }

  #masksOf({ decode, choices, mask }: ClickAnswer, imageId: ImageId): Promise<EdgeChoice[]> {
    const { session } = this.#app;
    return Promise.all(
      choices.slice(0, MOST).map(async ({ candidate, fit }, at) => {
        if (at === 0) return { fit, mask };
        const asked = { imageId, decode, candidate, cut: AS_IT_IS };
        const other = await session.call('segment.mask', asked, { signal: this.#signal });
        return { fit, mask: other.mask };
      }),
    );
  }
}

export const whyEdgeOf = perProject((app, signal) => new WhyEdge(app, signal));

/** Somebody asked, and the selected proposal has an edge to explain. */
export const explainsEdge = (app: App): boolean =>
  whyEdgeOf(app).open && whyEdgeOf(app).finding !== null;
