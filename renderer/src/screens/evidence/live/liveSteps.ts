// Undo of settings that are being tried: a drag of one slider is one step, however far it went.
import type { Live } from './liveSettings.ts';

export interface LiveSteps {
  /** Oldest first. */
  readonly past: readonly Live[];
  /** The last is redone next. */
  readonly future: readonly Live[];
  /** The slider being dragged: all its moves until its release are one step. */
  readonly dragged: string | null;
}

export const NO_STEPS: LiveSteps = { past: [], future: [], dragged: null };

/** Settings went from `before` to `after` by the control `name`. */
export function moveLive(steps: LiveSteps, name: string, before: Live, after: Live): LiveSteps {
  if (JSON.stringify(before) === JSON.stringify(after)) return steps;
  const past = steps.dragged === name ? steps.past : [...steps.past, before];
  return { past, future: [], dragged: name };
}

/** The control was released. */
export function endDrag(steps: LiveSteps): LiveSteps {
  return steps.dragged === null ? steps : { ...steps, dragged: null };
}

/** One step back or forward; null when there is none. */
export function turnLive(
  { past, future }: LiveSteps,
  kind: 'undo' | 'redo',
  now: Live,
): { readonly steps: LiveSteps; readonly live: Live } | null {
  const live = (kind === 'undo' ? past : future).at(-1);
  if (!live) return null;
  const steps =
    kind === 'undo'
      ? { past: past.slice(0, -1), future: [...future, now], dragged: null }
      : { past: [...past, now], future: future.slice(0, -1), dragged: null };
  return { steps, live };
}
