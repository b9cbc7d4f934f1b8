// How far the reading of an image is: the runtime does not tell, so the last one's time does.
import { createSubscriber } from 'svelte/reactivity';
import type { ClickReader } from './clickReader.svelte.ts';

/** Longer readings than expected wait here. */
const MOST = 0.95;
const TICK_MS = 100;

/** Tells whoever shows time that it passes. */
const ticks = createSubscriber((update) => {
  const timer = setInterval(update, TICK_MS);
  return () => clearInterval(timer);
});

/** Time since the reading began; null when nothing is read. */
export function readingForMs({ reading }: ClickReader): number | null {
  if (!reading) return null;
  ticks();
  return performance.now() - reading.sinceMs;
}

export function shareOfReading(reader: ClickReader): number {
  const elapsed = readingForMs(reader);
  if (elapsed === null) return 0;
  const expected = reader.expectedMs ?? 2000;
  return Math.min(MOST, elapsed / Math.max(1, expected));
}
