// How long the event loop is kept from other work: the processor time of its longest turn, which a
// busy machine hardly changes, beside the wall time, which it does.
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface LoopTurns {
  /** Processor milliseconds of this thread in the longest turn. */
  readonly longestCpuMs: number;
  /** Longest delay of a timer in wall milliseconds. */
  readonly longestWallMs: number;
}

const cpuMs = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** Processor milliseconds of this thread until `work` is done. */
export async function cpuMsOf(work: () => unknown): Promise<number> {
  const before = cpuMs();
  await work();
  return cpuMs() - before;
}

/** Watches until the returned function is called. */
export function watchLoop(): () => LoopTurns {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  let longest = 0;
  let running = true;
  let before = cpuMs();
  const turn = () => {
    const now = cpuMs();
    longest = Math.max(longest, now - before);
    before = now;
    // A timer, not setImmediate: an idle loop may sleep between turns.
    if (running) setTimeout(turn, 1).unref();
  };
  turn();
  return () => {
    running = false;
    delay.disable();
    return { longestCpuMs: longest, longestWallMs: delay.max / 1e6 };
  };
}
