// Progress of long commands on stderr: one rewritten line for people, one JSON object per line for programs.
import type { WriteStream } from 'node:tty';

export interface ProgressFacts {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly failed?: number;
  readonly imagesPerSecond?: number;
  readonly secondsLeft?: number | null;
  readonly provider?: string | null;
}

export interface ProgressPrinter {
  update(facts: ProgressFacts): void;
  /** A line that stays, e.g. a file that failed. */
  line(text: string): void;
  end(): void;
}

const EVERY_MS = 200;
const EVERY_PIPED_MS = 5000;

/** `2 min 36 s`, `36 s`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}

export function describeProgress(facts: ProgressFacts): string {
  const parts = [`${facts.stage}  ${facts.done} of ${facts.total}`];
  if (facts.failed) parts.push(`${facts.failed} failed`);
  if (facts.imagesPerSecond)
    parts.push(`${facts.imagesPerSecond.toFixed(facts.imagesPerSecond < 10 ? 2 : 0)} images/s`);
  if (facts.secondsLeft !== undefined && facts.secondsLeft !== null)
    parts.push(`${duration(facts.secondsLeft)} left`);
  if (facts.provider) parts.push(`on ${facts.provider}`);
  return parts.join(' · ');
}

/** `json`: NDJSON with every update; otherwise a line rewritten in place, or now and then when piped. */
export function progressPrinter(
  stream: WriteStream | NodeJS.WritableStream,
  json: boolean,
  now = () => performance.now(),
): ProgressPrinter {
  const terminal = 'isTTY' in stream && stream.isTTY === true;
  let lastMs = -Infinity;
  let shown = false;
  const clear = () => {
    if (shown && terminal) stream.write('\r\u001B[K');
    shown = false;
  };
  return {
    update: (facts) => {
      if (json) return void stream.write(`${JSON.stringify({ event: 'progress', ...facts })}\n`);
      const last = facts.done === facts.total;
      if (!last && now() - lastMs < (terminal ? EVERY_MS : EVERY_PIPED_MS)) return;
      lastMs = now();
      clear();
      stream.write(terminal ? describeProgress(facts) : `${describeProgress(facts)}\n`);
      shown = terminal;
    },
    line: (text) => {
      if (json) return void stream.write(`${JSON.stringify({ event: 'message', text })}\n`);
      clear();
      stream.write(`${text}\n`);
    },
    end: () => {
      if (shown && terminal) stream.write('\n');
      shown = false;
    },
  };
}
