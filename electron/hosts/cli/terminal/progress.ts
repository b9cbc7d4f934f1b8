// Progress of long commands on stderr: one rewritten line for people, one JSON object per line for programs.
import type { WriteStream } from 'node:tty';
import { printable, printableJson } from './lines.ts';

export interface ProgressFacts {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  /** Bytes are told as a share of the whole. */
  readonly unit?: 'bytes';
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
  const parts = [`${facts.stage}  ${amount(facts)}`];
  if (facts.failed) parts.push(`${facts.failed} failed`);
  if (facts.imagesPerSecond)
    parts.push(`${facts.imagesPerSecond.toFixed(facts.imagesPerSecond < 10 ? 2 : 0)} images/s`);
  if (facts.secondsLeft !== undefined && facts.secondsLeft !== null)
    parts.push(`${duration(facts.secondsLeft)} left`);
  if (facts.provider) parts.push(`on ${facts.provider}`);
  return parts.join(' · ');
}

function amount({ done, total, unit }: ProgressFacts): string {
  if (unit === 'bytes' && total > 0) return `${Math.floor((100 * done) / total)} %`;
  // Some work is counted before anybody knows how much there is.
  return total > 0 ? `${done} of ${total}` : `${done}`;
}

/** Form of progress: JSON for programs, nothing, or a line for people. */
export interface ProgressWords {
  readonly json?: boolean | undefined;
  /** Only what stays: files that failed. */
  readonly quiet?: boolean | undefined;
}

/** `json`: NDJSON with every update; otherwise a line rewritten in place, or now and then when piped. */
export function progressPrinter(
  stream: WriteStream | NodeJS.WritableStream,
  { json = false, quiet = false }: ProgressWords,
  now = () => performance.now(),
): ProgressPrinter {
  const terminal = 'isTTY' in stream && stream.isTTY === true;
  let lastMs = -Infinity;
  let shown = false;
  let lastLine = '';
  const clear = () => {
    if (shown && terminal) stream.write('\r\u001B[K');
    shown = false;
  };
  return {
    update: (facts) => {
      if (quiet) return;
      if (json) return void stream.write(`${printableJson({ event: 'progress', ...facts })}\n`);
      const last = facts.done === facts.total;
      if (!last && now() - lastMs < (terminal ? EVERY_MS : EVERY_PIPED_MS)) return;
      lastMs = now();
      const line = printable(describeProgress(facts));
      // The end of a stage is often told twice, by its last item and by the stage.
      if (!terminal && line === lastLine) return;
      lastLine = line;
      clear();
      stream.write(terminal ? line : `${line}\n`);
      shown = terminal;
    },
    line: (text) => {
      if (json) return void stream.write(`${printableJson({ event: 'message', text })}\n`);
      clear();
      stream.write(`${printable(text)}\n`);
    },
    end: () => {
      if (shown && terminal) stream.write('\n');
      shown = false;
    },
  };
}
