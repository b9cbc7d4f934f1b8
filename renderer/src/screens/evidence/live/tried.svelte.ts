// Settings that are tried: what differs from the saved ones, by control, and the way back.
import type { Category, Json } from '../../../../../electron/api/types.ts';
import type { App } from '../../../state/app.svelte.ts';
import { evidenceOf } from '../strip/strip.svelte.ts';
import {
  isChanged,
  passesUsed,
  UNCHANGED,
  usePasses,
  weightsOf,
  withThreshold,
  withValue,
  withWeight,
  type Live,
  type Values,
} from './liveSettings.ts';
import { endDrag, moveLive, NO_STEPS, turnLive } from './liveSteps.ts';

export class TriedSettings {
  readonly #app: App;
  readonly #moved: () => void;
  live = $state.raw<Live>(UNCHANGED);
  base = $state.raw<Values>({});
  #steps = NO_STEPS;

  readonly category: Category | null = $derived.by(() => {
    const { categoryId } = evidenceOf(this.#app);
    return categoryId === null ? null : (this.#app.session.categoryById.get(categoryId) ?? null);
  });
  readonly #passes: number = $derived.by(() => this.#app.document.run?.passes.length ?? 0);
  readonly isChanged: boolean = $derived(isChanged(this.live));
  readonly baseWeights: readonly number[] = $derived.by(() => weightsOf(this.base, this.#passes));
  readonly weights: readonly number[] = $derived.by(() =>
    weightsOf({ ...this.base, ...this.live.overrides }, this.#passes),
  );
  readonly used: number = $derived(passesUsed(this.weights));
  readonly threshold: number = $derived.by(() =>
    this.category
      ? (this.live.thresholds[this.category.id] ?? this.#app.prelabel.thresholds.of(this.category))
      : 0,
  );

  /** Each change calls `moved`. */
  constructor(app: App, moved: () => void) {
    this.#app = app;
    this.#moved = moved;
  }

  value(name: string): Json | undefined {
    return this.live.overrides[name] ?? this.base[name];
  }

  number(name: string): number {
    return Number(this.value(name) ?? 0);
  }

  setThreshold(value: number): void {
    const { category } = this;
    if (!category) return;
    const rounded = Math.min(0.6, Math.max(0, Math.round(value * 100) / 100));
    this.#change(
      `threshold${category.id}`,
      withThreshold(this.live, category.id, rounded, this.#app.prelabel.thresholds.of(category)),
    );
  }

  set(name: string, value: Json): void {
    this.#change(name, withValue(this.live, this.base, name, value));
  }

  usePasses(count: number): void {
    this.#setWeights(usePasses(this.weights, this.baseWeights, count));
  }

  setWeight(pass: number, weight: number): void {
    const next = withWeight(this.weights, pass, weight);
    if (next) this.#setWeights(next);
  }

  referenceWeights(): void {
    this.#setWeights([...this.baseWeights]);
  }

  reset(): void {
    this.#change('reset', UNCHANGED);
    this.letGo();
  }

  /** The settings are in use now: undo from here on takes back that step. */
  take(live: Live): void {
    this.live = live;
    this.#steps = NO_STEPS;
  }

  #setWeights(weights: readonly number[]): void {
    const same = weights.every((weight, pass) => weight === this.baseWeights[pass]);
    const name = 'masks.passWeights';
    this.#change(
      name,
      withValue(this.live, this.base, name, same ? (this.base[name] ?? []) : [...weights]),
    );
  }

  /** The control was released: the next change is a step of its own. */
  letGo(): void {
    this.#steps = endDrag(this.#steps);
  }

  /** Takes back or brings again a move of a control; false when there is none. */
  turn(kind: 'undo' | 'redo'): boolean {
    const turned = turnLive(this.#steps, kind, this.live);
    if (!turned) return false;
    this.#steps = turned.steps;
    this.#try(turned.live);
    return true;
  }

  #change(name: string, live: Live): void {
    this.#steps = moveLive(this.#steps, name, this.live, live);
    this.#try(live);
  }

  #try(live: Live): void {
    this.live = live;
    this.#moved();
  }
}
