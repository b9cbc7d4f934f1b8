// Runs the command line as a person would: its own process, a home of its own.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const CLI = join(import.meta.dirname, '../../../electron/hosts/cli.ts');

/** The tests' environment with a home of its own and no token of the person who runs them. */
export function environmentAt(home: string, env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HF_TOKEN: '',
    HF_HOME: join(home, 'hub'),
    SALIENCE_HOME: home,
    SALIENCE_PACKS: join(home, 'packs'),
    ...env,
  };
}

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly home: string;
  /** Ends the whole process group with SIGKILL after so many milliseconds. */
  readonly killAfterMs?: number;
  /** Sends the whole group a Ctrl-C, as a terminal does, once this is true of what stderr said. */
  readonly interruptWhen?: (stderr: string) => boolean;
  /** Over the environment of the tests. */
  readonly env?: NodeJS.ProcessEnv;
  readonly stdin?: string;
  /** The command line of another checkout. */
  readonly cli?: string;
  /** Ends the whole process group with SIGKILL. */
  readonly kill?: AbortSignal;
}

export function runCli(
  args: readonly string[],
  { home, killAfterMs, interruptWhen, env = {}, stdin = '', cli = CLI, kill }: CliOptions,
): Promise<CliResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...args], {
      env: environmentAt(home, env),
      detached: true,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    let interrupted = false;
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
      if (interrupted || !interruptWhen?.(stderr) || child.pid === undefined) return;
      interrupted = true;
      process.kill(-child.pid, 'SIGINT');
    });
    // The model process ends by itself when its parent is gone; the group makes the end certain.
    const end = () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    };
    kill?.addEventListener('abort', end, { once: true });
    const timer = killAfterMs === undefined ? null : setTimeout(end, killAfterMs);
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
    child.on('close', (code) => {
      kill?.removeEventListener('abort', end);
      if (timer) clearTimeout(timer);
      resolve({ code, stdout, stderr });
    });
  });
}
