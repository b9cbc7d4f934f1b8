// The engine's answers to clicks: the mask of each set of them, its choices and other edges, and the preview
// under the pointer. Answers are keyed by their steps, so that undo shows an earlier mask at once.
import type { ClickAnswer, ClickChoice } from '../../../../electron/api/clicks/clicks.ts';
import type { Input } from '../../../../electron/api/methods.ts';
import { clickQuestion, salienceQuestion, type Asked } from '../../tools/segment/question.ts';
import type { ClickStep } from '../../tools/segment/state.ts';
import type { RleMask } from '../../../../electron/api/types.ts';
import { isCancelled } from '../../text/explain.ts';
import { AppError } from '../../../../electron/api/errors.ts';
import type { Session } from '../session/session.svelte.ts';
import { choiceOf, keyOf, sameQuestion, shownOf, type Known, type Shown } from './shownMask.ts';

/** Why there is no mask. */
export type Refusal = 'noMaps' | 'dark' | 'failed' | 'nothing';

type Ask = Pick<Session, 'call' | 'notices' | 'clickPack'>;

export class ClickAnswers {
  readonly #session: Ask;
  shown = $state.raw<Shown | null>(null);
  /** Clicks that nothing has answered yet. */
  waiting = $state(false);
  /** Masks of choices that are not shown. */
  pictures = $state.raw<ReadonlyMap<ClickChoice, RleMask>>(new Map());
  refusal = $state.raw<{ readonly kind: Refusal; readonly value: number } | null>(null);
  readonly #known = new WeakMap<readonly ClickStep[], Known>();
  #controller: AbortController | null = null;
  #asked: Asked | null = null;
  #tell: () => void = () => undefined;
  /** The last question that the pointer asked: a click there asks the same. */
  #hovered: { readonly key: string; readonly answer: Promise<ClickAnswer> } | null = null;

  constructor(session: Ask) {
    this.#session = session;
  }

  /** Fetches the masks of the other choices, for their pictures. */
  async wantPictures(shown: Shown | null): Promise<void> {
    const asked = this.#asked;
    const known = shown && this.#known.get(shown.steps);
    if (!shown || !known || asked?.steps !== shown.steps) return;
    for (const [chosen, choice] of shown.choices.entries()) {
      if (this.pictures.has(choice) || chosen === shown.chosen) continue;
      try {
        const { imageId, cut } = asked;
        const { decode } = known.answer;
        const question = { imageId, decode, candidate: choice.candidate, cut };
        const made = await this.#session.call('segment.mask', question);
        known.masks.set(keyOf({ ...asked, chosen }, known), made);
        this.pictures = new Map([...this.pictures, [choice, made.mask]]);
      } catch {
        // A tile without its mask still shows the image and the fit.
        return;
      }
      if (this.shown?.steps !== shown.steps) return;
    }
  }

  /** What a click at this place would mean; the click itself then need not be asked. */
  hover(asked: Asked, signal: AbortSignal): Promise<ClickAnswer> {
    const question = clickQuestion(asked, null);
    const answer = this.#session.call('segment.decode', question, { signal });
    this.#hovered = { key: this.#keyOf(question), answer };
    return answer;
  }

  #keyOf(question: Input<'segment.decode'>): string {
    return JSON.stringify([this.#session.clickPack?.id, question]);
  }

  /** Told whenever there is something new to show. */
  onChange(tell: () => void): void {
    this.#tell = tell;
  }

  /** The mask of exactly this question; null = it is not known yet. */
  maskOf(asked: Asked): RleMask | null {
    const ready = this.#ready(asked);
    if (ready) return ready.mask;
    const isIt = this.#asked !== null && sameQuestion(asked, this.#asked) && !this.waiting;
    return isIt && this.shown?.steps === asked.steps ? this.shown.mask : null;
  }

  /** Puts a question in place of the last, which is stopped; null = nothing is asked any more. */
  follow(asked: Asked | null): void {
    if (asked !== null && this.#asked !== null && sameQuestion(asked, this.#asked)) return;
    this.#stop();
    this.#asked = asked;
    this.refusal = null;
    if (asked === null) {
      this.pictures = new Map();
      this.shown = null;
      return;
    }
    void this.#answer(asked);
  }

  /** The same question once more, after a failure. */
  again(): void {
    const asked = this.#asked;
    this.#asked = null;
    this.follow(asked && { ...asked });
  }

  #stop(): void {
    this.#controller?.abort(new DOMException('Stopped by the user', 'AbortError'));
    this.#controller = null;
    this.waiting = false;
  }

  async #answer(asked: Asked): Promise<void> {
    const controller = new AbortController();
    this.#controller = controller;
    const { signal } = controller;
    const ready = this.#ready(asked);
    if (ready) return this.#show(ready);
    this.waiting = true;
    try {
      const shown = this.#session.clickPack
        ? await this.#fromModel(asked, signal)
        : await this.#fromSalience(asked, signal);
      if (!signal.aborted && shown) this.#show(shown);
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      this.refusal = { kind: 'failed', value: 0 };
      this.shown = null;
    } finally {
      if (!signal.aborted) this.waiting = false;
      if (!signal.aborted) this.#tell();
    }
  }

  /** What is known already, without a question. */
  #ready(asked: Asked): Shown | null {
    const known = this.#known.get(asked.steps);
    const mask = known?.masks.get(keyOf(asked, known));
    return known && mask ? shownOf(asked, known, mask) : null;
  }

  async #fromModel(asked: Asked, signal: AbortSignal): Promise<Shown | null> {
    const known = this.#known.get(asked.steps) ?? (await this.#decoded(asked, signal));
    const key = keyOf(asked, known);
    let mask = known.masks.get(key);
    if (!mask) {
      const { imageId, cut } = asked;
      const { decode } = known.answer;
      const candidate = choiceOf(asked, known)?.candidate ?? 0;
      try {
        const question = { imageId, decode, candidate, cut };
        mask = await this.#session.call('segment.mask', question, { signal });
      } catch (error) {
        // A new process holds no earlier masks: the clicks are asked once more.
        if (!(error instanceof AppError) || error.code !== 'RUN_UNKNOWN') throw error;
        this.#known.delete(asked.steps);
        const fresh = await this.#decoded({ ...asked, chosen: 0 }, signal);
        return shownOf({ ...asked, chosen: 0 }, fresh, [...fresh.masks.values()][0]!);
      }
      known.masks.set(key, mask);
    }
    return shownOf(asked, known, mask);
  }

  async #decoded(asked: Asked, signal: AbortSignal): Promise<Known> {
    const after = asked.after && this.#known.get(asked.after.steps);
    const from = after && {
      decode: after.answer.decode,
      candidate: after.answer.choices[asked.after!.chosen]?.candidate ?? 0,
    };
    const question = clickQuestion(asked, from ?? null);
    const ask = () => this.#session.call('segment.decode', question, { signal });
    const same =
      question.start.kind === 'nothing' && this.#hovered?.key === this.#keyOf(question)
        ? this.#hovered
        : null;
    // A question of the pointer may have been stopped with its image.
    const answer = await (same ? same.answer.catch(ask) : ask());
    const known: Known = { answer, masks: new Map() };
    known.masks.set(keyOf({ ...asked, chosen: 0 }, known), answer);
    this.#known.set(asked.steps, known);
    return known;
  }

  async #fromSalience(asked: Asked, signal: AbortSignal): Promise<Shown | null> {
    const question = salienceQuestion(asked);
    if (question === null) {
      this.refusal = { kind: 'noMaps', value: 0 };
      return null;
    }
    const found = await this.#session.call('segment.salience', question, { signal });
    if (signal.aborted) return null;
    if (found.kind !== 'mask') {
      this.refusal = { kind: found.kind, value: found.kind === 'dark' ? found.value : 0 };
      return null;
    }
    const { mask, value, cut, usual, window, milliseconds } = found;
    const salience = { value, cut, usual, window };
    const { steps } = asked;
    return { steps, mask, meets: null, choices: [], chosen: 0, milliseconds, salience };
  }

  #show(shown: Shown): void {
    this.shown = shown;
    this.waiting = false;
    this.refusal = shown.mask.counts.length < 2 ? { kind: 'nothing', value: 0 } : null;
    this.#tell();
  }
}
