// Electron's utility processes and message channels, played by Node: real child processes that run the
// real entries, and real ports whose frames travel over the IPC channel of each child.
import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { MessageChannelMain, UtilityProcess } from 'electron';
import type { ProcessHost } from '../../../electron/main/processes.ts';

/** Port 0 is the parent port; -1 tells that the entry has been loaded. */
export interface PortFrame {
  readonly port: number;
  readonly data: unknown;
  readonly ports?: readonly number[];
}

const CHILD = join(import.meta.dirname, '../children/utilityChild.ts');

class PlayedProcess extends EventEmitter {
  readonly child: ChildProcess;
  readonly #ports = new Map<number, MessagePort>();
  readonly #loaded: Promise<void>;
  #nextPort = 1;

  constructor(entry: string) {
    super();
    this.child = fork(CHILD, [entry], {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#loaded = promise;
    this.child.on('message', ({ port, data }: PortFrame) => {
      if (port === -1) return resolve();
      if (port === 0) this.emit('message', data);
      else this.#ports.get(port)?.postMessage(data);
    });
    this.child.on('exit', (code) => this.emit('exit', code));
    this.child.on('spawn', () => this.emit('spawn'));
  }
  get pid() {
    return this.child.pid;
  }
  get stdout() {
    return this.child.stdout;
  }
  get stderr() {
    return this.child.stderr;
  }
  postMessage(data: unknown, ports: readonly MessagePort[] = []): void {
    const numbers = ports.map((port) => {
      const number = this.#nextPort++;
      this.#ports.set(number, port);
      port.on('message', (message: unknown) => this.#send({ port: number, data: message }));
      return number;
    });
    this.#send({ port: 0, data, ports: numbers });
  }
  #send(frame: PortFrame): void {
    void this.#loaded.then(() => this.child.connected && this.child.send(frame));
  }
  kill(): boolean {
    return this.child.kill('SIGKILL');
  }
}

/** A host for startProcesses; `forked` are its children so far. */
export function playedHost(): ProcessHost & { readonly forked: PlayedProcess[] } {
  const forked: PlayedProcess[] = [];
  return {
    forked,
    fork(entry) {
      const played = new PlayedProcess(entry);
      forked.push(played);
      return played as unknown as UtilityProcess;
    },
    channel: () => new MessageChannel() as unknown as MessageChannelMain,
  };
}
