// The shape of one method: input, output, and the event it may send while it works.
import type { CategoryId } from '../types.ts';

export interface EarlyMatch {
  readonly categoryId: CategoryId;
  readonly match: number;
  /** So low that nothing will be painted. */
  readonly absent?: boolean;
}

export interface Progress {
  /** 'Read image', 'Encode', 'Pass 2 of 4', 'Maps', 'Edges', ... */
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  /** What is counted where it is not images, files or steps. */
  readonly unit?: 'bytes';
  /** First news of a running pre-label: class matches after pass 1. */
  readonly matches?: readonly EarlyMatch[];
}

export interface Method<Input, Output, Event = never> {
  readonly input: Input;
  readonly output: Output;
  readonly event: Event;
}

export type None = Record<string, never>;
