// The program as processes of its own that can be killed at any moment: the command line, or the
// browser host with its link.
import { spawn, type ChildProcess } from 'node:child_process';
import { CLI, environmentAt } from './runCli.ts';

export interface Program {
  /** Resolves with the exit code; null after a kill. */
  readonly ended: Promise<number | null>;
  /** What it has printed so far, both streams. */
  output(): string;
  /** The first match in what it prints; rejects when it ends before. */
  says(pattern: RegExp): Promise<string>;
  /** Ctrl-C, as a terminal sends it: the program ends itself and keeps what it means to keep. */
  interrupt(): void;
  /** SIGKILL for it and everything that it has started. */
  kill(): void;
}

/** Starts `salience` with a home of its own and no token of the person who runs this; `script` in its place. */
export function startProgram(
  args: readonly string[],
  home: string,
  env: NodeJS.ProcessEnv = {},
  script: readonly string[] = [CLI],
): Program {
  const child: ChildProcess = spawn(process.execPath, [...script, ...args], {
    env: environmentAt(home, env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let printed = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data: Buffer) => {
      printed += data.toString();
      for (const listener of listeners) listener();
    });
  const send = (signal: NodeJS.Signals) => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, signal);
  };
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    ended,
    output: () => printed,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(printed)?.[0];
          if (found !== undefined) resolve(found);
        };
        listeners.add(look);
        void ended.then(() => reject(new Error(`it ended without ${pattern}: ${printed}`)));
        look();
      }),
    interrupt: () => send('SIGINT'),
    kill: () => send('SIGKILL'),
  };
}
