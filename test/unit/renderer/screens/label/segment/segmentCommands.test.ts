// Keys while clicks are set: the choice before and after, and the edge step by step, within its bounds.
import { expect, it } from 'vitest';
import { segmentHandlers } from '../../../../../../renderer/src/screens/label/segment/segmentCommands.ts';
import type { App } from '../../../../../../renderer/src/state/app.svelte.ts';
import {
  MOST_CUT,
  NO_CLICKS,
  type SegmentState,
} from '../../../../../../renderer/src/tools/segment/state.ts';

const steps = [{ kind: 'click', x: 1, y: 1, adds: true }] as const;

function bench(state: Partial<SegmentState>, choices = 3, clickPack: object | null = {}) {
  let now: SegmentState = { ...NO_CLICKS, steps, ...state };
  const app = {
    session: { clickPack, categoryById: new Map() },
    document: { annotations: new Map() },
    toasts: { say: () => undefined },
    tools: {
      active: { tool: 'segment', state: now },
      category: null,
      clicks: {
        shown: {
          steps: now.steps,
          chosen: now.chosen,
          choices: Array.from({ length: choices }, () => ({ fit: 0.9 })),
        },
      },
      adjustClicks: (change: (state: SegmentState) => SegmentState) => {
        now = change(now);
        return true;
      },
    },
  };
  const handlers = segmentHandlers(app as unknown as App);
  return { handlers, state: () => now };
}

it.each([
  ['object.next', 0, 1],
  ['object.next', 2, 0],
  ['object.previous', 0, 2],
  ['object.previous', 2, 1],
] as const)('%s from choice %d leads to %d of three', (key, from, to) => {
  const { handlers, state } = bench({ chosen: from });
  expect(handlers[key]!(true)).toBe(true);
  expect(state().chosen).toBe(to);
});

it('one choice stays, and without clicks the keys are not ours', () => {
  const one = bench({ chosen: 0 }, 1);
  expect(one.handlers['object.next']!(true)).toBe(true);
  expect(one.state().chosen).toBe(0);
  expect(bench({ steps: [] }).handlers['object.next']!(true)).toBe(false);
});

it.each([
  ['threshold.up', 0, 0.5],
  ['threshold.down', 0, -0.5],
  ['threshold.up', MOST_CUT, MOST_CUT],
  ['threshold.down', -MOST_CUT, -MOST_CUT],
  ['threshold.down', MOST_CUT, MOST_CUT - 0.5],
] as const)('%s from %d moves the edge to %d', (key, from, to) => {
  const { handlers, state } = bench({ cut: from });
  handlers[key]!(true);
  expect(state().cut).toBe(to);
});

it('salience without a click model has a longer way', () => {
  const { handlers, state } = bench({ cut: MOST_CUT }, 3, null);
  handlers['threshold.up']!(true);
  expect(state().cut).toBe(MOST_CUT + 0.5);
});
