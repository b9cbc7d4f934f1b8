// Undo of controls that are being tried: one step per drag, in the order in which they were moved.
import { describe, expect, it } from 'vitest';
import {
  UNCHANGED,
  type Live,
} from '../../../../../../renderer/src/screens/evidence/live/liveSettings.ts';
import {
  endDrag,
  moveLive,
  NO_STEPS,
  turnLive,
  type LiveSteps,
} from '../../../../../../renderer/src/screens/evidence/live/liveSteps.ts';

const at = (value: number): Live => ({ thresholds: {}, overrides: { 'masks.blur': value } });

/** Moves controls one after the other; `release` ends a drag. */
function hands() {
  let live: Live = UNCHANGED;
  let steps: LiveSteps = NO_STEPS;
  return {
    move(name: string, next: Live) {
      steps = moveLive(steps, name, live, next);
      live = next;
    },
    release: () => (steps = endDrag(steps)),
    turn(kind: 'undo' | 'redo') {
      const turned = turnLive(steps, kind, live);
      if (turned) ({ steps, live } = turned);
      return turned !== null;
    },
    live: () => live,
  };
}

describe('controls that are being tried', () => {
  it('a drag is one step, two drags of one slider are two', () => {
    const own = hands();
    for (const value of [0.1, 0.2, 0.3]) own.move('blur', at(value));
    own.release();
    for (const value of [0.4, 0.5]) own.move('blur', at(value));
    own.release();
    expect([own.turn('undo'), own.live()]).toEqual([true, at(0.3)]);
    expect([own.turn('undo'), own.live()]).toEqual([true, UNCHANGED]);
    expect(own.turn('undo')).toBe(false);
    expect([own.turn('redo'), own.live()]).toEqual([true, at(0.3)]);
    expect([own.turn('redo'), own.live()]).toEqual([true, at(0.5)]);
    expect(own.turn('redo')).toBe(false);
  });

  it('another control begins a step of its own, and a new move drops what could be redone', () => {
    const own = hands();
    own.move('blur', at(0.1));
    own.move('reset', UNCHANGED);
    own.turn('undo');
    expect(own.live()).toEqual(at(0.1));
    own.move('blur', at(0.2));
    expect(own.turn('redo')).toBe(false);
    own.turn('undo');
    expect(own.live()).toEqual(at(0.1));
  });

  it('a control that is put where it stands is no step', () => {
    const own = hands();
    own.move('blur', { thresholds: {}, overrides: {} });
    expect(own.turn('undo')).toBe(false);
  });
});
