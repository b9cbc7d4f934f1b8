// How fast a job goes: images per second over the latest that the model looked at, so that the time left
// follows changes. Files that cannot be read end in no time and say nothing of that.

const WINDOW = 30;

export interface Pace {
  finished(): void;
  imagesPerSecond(): number;
  /** Time since the last lap or the beginning: work that was not written down yet. */
  lapMs(): number;
}

export function createPace(elapsedMs: () => number): Pace {
  let lapStartMs = elapsedMs();
  const ends: number[] = [lapStartMs];
  return {
    finished() {
      ends.push(elapsedMs());
      if (ends.length > WINDOW) ends.shift();
    },
    imagesPerSecond() {
      const spanMs = ends.at(-1)! - ends[0]!;
      return spanMs > 0 ? ((ends.length - 1) / spanMs) * 1000 : 0;
    },
    lapMs() {
      const nowMs = elapsedMs();
      const lap = nowMs - lapStartMs;
      lapStartMs = nowMs;
      return lap;
    },
  };
}
