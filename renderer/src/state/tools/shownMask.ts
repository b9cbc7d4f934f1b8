// A mask of clicks as it is shown, and by what an answer is found again.
import type {
  ClickAnswer,
  ClickChoice,
  ClickCut,
  ClickMask,
  SalienceAnswer,
} from '../../../../electron/api/clicks/clicks.ts';
import type { RleMask } from '../../../../electron/api/types.ts';
import type { Asked } from '../../tools/segment/question.ts';
import type { ClickStep } from '../../tools/segment/state.ts';

type SalienceMask = SalienceAnswer & { readonly kind: 'mask' };

/** The mask of clicks as it is shown. */
export interface Shown {
  readonly steps: readonly ClickStep[];
  readonly mask: RleMask;
  readonly meets: ClickMask['meets'] | null;
  /** Empty where salience answered. */
  readonly choices: readonly ClickChoice[];
  readonly chosen: number;
  readonly milliseconds: number;
  /** Where salience answered. */
  readonly salience: Pick<SalienceMask, 'value' | 'cut' | 'usual' | 'window'> | null;
}

/** One answered question. */
export interface Known {
  readonly answer: ClickAnswer;
  /** Masks by choice and cut. */
  readonly masks: Map<string, ClickMask>;
}

export function shownOf(asked: Asked, { answer }: Known, made: ClickMask): Shown {
  const { choices, milliseconds } = answer;
  const { mask, meets } = made;
  return {
    steps: asked.steps,
    mask,
    meets,
    choices,
    milliseconds,
    salience: null,
    chosen: Math.min(asked.chosen, choices.length - 1),
  };
}

export const choiceOf = (asked: Asked, { answer }: Known): ClickChoice | undefined =>
  answer.choices[Math.min(asked.chosen, answer.choices.length - 1)];

export const keyOf = (asked: Asked, known: Known): string =>
  JSON.stringify([choiceOf(asked, known)?.candidate ?? 0, asked.cut satisfies ClickCut]);

/** Two questions that have the same answer; the pointer moves without another one. */
export function sameQuestion(a: Asked, b: Asked): boolean {
  return (
    a.steps === b.steps &&
    a.chosen === b.chosen &&
    a.imageId === b.imageId &&
    a.category === b.category &&
    a.base === b.base &&
    JSON.stringify([a.cut, a.crop]) === JSON.stringify([b.cut, b.crop])
  );
}
