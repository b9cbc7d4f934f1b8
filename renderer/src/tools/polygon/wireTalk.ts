// What the page and the worker of the live wire say to each other: a start with the part of the picture around
// it, then places that a way from there is wanted to.
import type { XY } from './state.ts';
import { wireFrom, type Wire, type WireLine, type WirePart } from './wire.ts';
import type { Guide } from './wireGuide.ts';

export type WireQuestion =
  | {
      readonly kind: 'from';
      readonly part: WirePart;
      readonly from: XY;
      readonly guide: Guide | null;
    }
  | { readonly kind: 'to'; readonly number: number; readonly to: XY };

export interface WireReply {
  /** That of the question. */
  readonly number: number;
  /** Null = there is no edge on the way. */
  readonly line: WireLine | null;
}

/** Answers one question after the other; a start has no answer of its own. */
export function makeAnswers(): (question: WireQuestion) => WireReply | null {
  let wire: Wire | null = null;
  return (question) => {
    if (question.kind === 'to')
      return { number: question.number, line: wire?.to(question.to) ?? null };
    const { part, from, guide } = question;
    wire = wireFrom(part, from, guide);
    return null;
  };
}
