// How fast a job goes, over the latest images.
import { expect, it } from 'vitest';
import { createPace } from '../../../../../electron/engine/jobs/pace.ts';

it('is the images of the last thirty ends over the time between them', () => {
  let now = 100;
  const pace = createPace(() => now);
  expect(pace.imagesPerSecond()).toBe(0);
  const finish = (ms: number) => {
    now += ms;
    pace.finished();
  };
  finish(500);
  expect(pace.imagesPerSecond()).toBe(2);
  finish(1500);
  expect(pace.imagesPerSecond()).toBe(1);
  for (let at = 0; at < 28; at++) finish(250);
  // The beginning is forgotten with the thirtieth end: 29 spans, of which the first takes 1.5 s.
  expect(pace.imagesPerSecond()).toBeCloseTo(29 / (1.5 + 28 * 0.25), 10);
  finish(250);
  expect(pace.imagesPerSecond()).toBeCloseTo(4, 10);
});

it('a lap is the time since the last one', () => {
  let now = 100;
  const pace = createPace(() => now);
  now = 140;
  expect(pace.lapMs()).toBe(40);
  now = 145;
  expect([pace.lapMs(), pace.lapMs()]).toEqual([5, 0]);
});
