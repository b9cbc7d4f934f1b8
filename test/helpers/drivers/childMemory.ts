// What the model process holds once everything that nobody needs was collected, in each of its threads: asked over
// the inspector, which Node opens on a signal. Linux and macOS only.
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';

const TARGETS = 'http://127.0.0.1:9229/json/list';

export interface Held {
  /** Objects and arrays of all threads, in MiB. */
  readonly held: number;
  /** Resident memory of the process, in MiB. */
  readonly resident: number;
}

interface Reply {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly sessionId: string; readonly message?: string };
  readonly result?: { readonly result?: { readonly value?: string } };
}

type Ask = (method: string, params?: object) => Promise<Reply>;

/** Of the process `pid`, which must be a child that runs Node. Throws where another process has the inspector's port. */
export async function heldBy(pid: number): Promise<Held> {
  const inspector = await inspectorOf(pid);
  try {
    const threads = [inspector.ask, ...(await inspector.workers())];
    let held = 0;
    let resident = 0;
    for (const ask of threads) {
      await ask('HeapProfiler.collectGarbage');
      const { heapUsed, external, rss, ...rest } = await evaluated(ask);
      if (rest.pid !== pid) throw new Error(`process ${rest.pid} has the inspector's port`);
      held += heapUsed + external;
      resident = rss;
    }
    return { held: held / 2 ** 20, resident: resident / 2 ** 20 };
  } finally {
    inspector.close();
  }
}

async function evaluated(ask: Ask) {
  const expression = 'JSON.stringify({ ...process.memoryUsage(), pid: process.pid })';
  const { result } = await ask('Runtime.evaluate', { expression, returnByValue: true });
  return JSON.parse(result!.result!.value!) as NodeJS.MemoryUsage & { readonly pid: number };
}

async function inspectorOf(pid: number) {
  process.kill(pid, 'SIGUSR1');
  const socket = await opened();
  const waiting = new Map<number, (reply: Reply) => void>();
  const sessions: string[] = [];
  let next = 1;
  const asked = (send: (id: number) => void): Promise<Reply> =>
    new Promise((resolve) => {
      const id = next++;
      waiting.set(id, resolve);
      send(id);
    });
  const hear = (reply: Reply): void => {
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
    else if (reply.method === 'NodeWorker.attachedToWorker') sessions.push(reply.params!.sessionId);
    else if (reply.params?.message !== undefined) hear(JSON.parse(reply.params.message) as Reply);
  };
  socket.on('message', (data: Buffer) => hear(JSON.parse(data.toString()) as Reply));
  const ask: Ask = (method, params = {}) =>
    asked((id) => socket.send(JSON.stringify({ id, method, params })));
  const workerOf =
    (sessionId: string): Ask =>
    (method, params = {}) =>
      asked((id) => {
        const message = JSON.stringify({ id, method, params });
        void ask('NodeWorker.sendMessageToWorker', { sessionId, message });
      });
  return {
    ask,
    /** Every thread beside the main one. */
    async workers(): Promise<Ask[]> {
      await ask('NodeWorker.enable', { waitForDebuggerOnStart: false });
      return sessions.map(workerOf);
    },
    close: () => socket.close(),
  };
}

/** Tries for a few seconds: the signal takes a moment. */
async function opened(): Promise<WebSocket> {
  for (let tries = 50; ; tries--) {
    try {
      const list = (await (await fetch(TARGETS)).json()) as { webSocketDebuggerUrl: string }[];
      const socket = new WebSocket(list[0]!.webSocketDebuggerUrl);
      await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
      return socket;
    } catch (error) {
      if (tries === 0) throw new Error('the inspector did not open', { cause: error });
      await wait(100);
    }
  }
}
