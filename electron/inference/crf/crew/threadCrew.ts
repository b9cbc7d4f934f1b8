// A crew of worker threads beside the one that asks: for a single image that a person waits for. They are started when
// first needed and ended when nothing came for a while. Where one is lost the work is given up, to be done again alone.
import { Worker } from 'node:worker_threads';
import { throwIfStopped, type ShouldStop } from '../crf.ts';
import type { CrfMemory } from '../wasm/wasmMemory.ts';
import {
  answersOf,
  close,
  halt,
  handsOf,
  hasFailed,
  newBoard,
  openRound,
  resume,
  tell,
  undoneAfter,
  work,
  type Board,
  type Hands,
} from './board.ts';
import { alone, type Crew, type Unit } from '../wasm/site.ts';
import type { Muster } from './crew.worker.ts';

/** A helping thread did not finish what it had taken: the memory is worthless, and the CRF must start anew. */
export class CrewLost extends Error {
  override readonly name = 'CrewLost';
}

export interface ThreadCrew extends Crew {
  /** From now on so many threads take part, the asking one included. */
  muster(threads: number): void;
  /** The asking thread works alone again, and nobody holds a memory any more. */
  dismiss(): void;
}

export interface ThreadCrewOptions {
  readonly worker?: URL;
  /** How long the crew waits for a thread that has taken work. */
  readonly patienceMs?: number;
  /** How long threads without work are kept. */
  readonly idleMs?: number;
}

/** Threads at work on one memory. */
interface Session {
  readonly memory: CrfMemory;
  readonly board: Board;
  readonly hands: Hands;
  /** Version of the memory's setup calls that is on the board. */
  told: number;
}

/** Longest wait for the helpers between two polls of the question whether to stop, in milliseconds. */
const NAP_MS = 10;

export function createThreadCrew({
  worker = new URL('./crew.worker.ts', import.meta.url),
  patienceMs = 10_000,
  idleMs = 30_000,
}: ThreadCrewOptions = {}): ThreadCrew {
  const helpers = createHelpers(worker);
  let wanted = 0;
  let session: Session | null = null;
  let leaving: NodeJS.Timeout | undefined;

  /** Posts the memory to the helpers; they join when they can, and work starts without them. */
  function open(memory: CrfMemory): Session {
    if (session?.memory === memory) return session;
    end();
    const board = newBoard();
    helpers.call(wanted, (thread) => ({ shared: memory.shared!, board: board.memory, thread }));
    session = { memory, board, hands: handsOf(memory.code), told: -1 };
    return session;
  }

  function end(): void {
    if (session) close(session.board);
    session = null;
  }

  return {
    shares: true,
    get size() {
      return wanted + 1;
    },
    run(memory, units, shouldStop) {
      if (wanted === 0 || !memory.shared || units.length < 2)
        return alone.run(memory, units, shouldStop);
      try {
        return runRounds(open(memory), units, { shouldStop, patienceMs });
      } catch (error) {
        if (error instanceof CrewLost) {
          // A helper that is still at work may write there for a while.
          memory.spoilt = true;
          end();
          helpers.end();
        }
        throw error;
      }
    },
    muster(threads) {
      clearTimeout(leaving);
      if (wanted !== threads - 1) end();
      wanted = threads - 1;
    },
    dismiss() {
      wanted = 0;
      end();
      clearTimeout(leaving);
      leaving = setTimeout(() => helpers.end(), idleMs).unref();
    },
  };
}

interface Patience {
  readonly shouldStop: ShouldStop | undefined;
  readonly patienceMs: number;
}

/** Runs as many rounds as needed. No helper is at work when it returns, or throws anything but CrewLost. */
function runRounds(session: Session, units: readonly Unit[], patience: Patience): number[] {
  const { board, hands, memory } = session;
  if (session.told !== memory.tellings) tell(board, hands, [...memory.told.values()]);
  session.told = memory.tellings;
  const answers: number[] = [];
  for (let first = 0; first < units.length;) {
    const next = openRound(board, hands, units, first);
    runRound(session, patience);
    answers.push(...answersOf(board, next - first));
    first = next;
  }
  return answers;
}

function runRound({ board, hands }: Session, { shouldStop, patienceMs }: Patience): void {
  let stopped = false;
  let failure: { readonly error: unknown } | null = null;
  /** A question that throws is a failure of this thread: the others are waited for all the same. */
  const stop = (): boolean => {
    if (failure) return true;
    try {
      stopped ||= shouldStop?.() ?? false;
    } catch (error) {
      failure = { error };
    }
    return stopped || failure !== null;
  };
  try {
    work(board, hands, stop);
  } catch (error) {
    failure = { error };
    halt(board);
  }
  awaitOthers(board, stop, patienceMs);
  resume(board);
  if (failure) throw (failure as { readonly error: unknown }).error;
  if (hasFailed(board)) throw new CrewLost('a thread that helped with a CRF failed');
  throwIfStopped(() => stopped);
}

function awaitOthers(board: Board, stop: () => boolean, patienceMs: number): void {
  let undone = undoneAfter(board, NAP_MS);
  let since = performance.now();
  while (undone > 0) {
    if (stop()) halt(board);
    const now = undoneAfter(board, NAP_MS);
    if (now !== undone) since = performance.now();
    else if (performance.now() - since > patienceMs)
      throw new CrewLost(`a thread that helped with a CRF did not answer for ${patienceMs} ms`);
    undone = now;
  }
}

/** Worker threads on demand, the oldest first. Where none can start, work goes on without them. */
function createHelpers(url: URL) {
  let all: Worker[] = [];
  function start(): void {
    const helper = new Worker(url);
    const forget = () => {
      all = all.filter((one) => one !== helper);
    };
    helper.on('error', forget).on('exit', forget).unref();
    all.push(helper);
  }
  function end(): void {
    for (const helper of all) void helper.terminate();
    all = [];
  }
  return {
    end,
    call(count: number, message: (thread: number) => Muster): void {
      try {
        while (all.length < count) start();
        all.slice(0, count).forEach((helper, at) => {
          helper.postMessage(message(at + 1));
        });
      } catch {
        // A machine that has no room for a thread, or whose threads cannot share memories.
        end();
      }
    },
  };
}
