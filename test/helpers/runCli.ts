// Runs the command line as a person would: its own process, a home of its own.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const CLI = join(import.meta.dirname, '../../electron/hosts/cli.ts');

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly home: string;
  /** Ends the whole process group with SIGKILL after so many milliseconds. */
  readonly killAfterMs?: number;
}

export function runCli(
  args: readonly string[],
  { home, killAfterMs }: CliOptions,
): Promise<CliResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      env: { ...process.env, SALIENCE_HOME: home, SALIENCE_PACKS: join(home, 'packs') },
      detached: true,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    // The model process ends by itself when its parent is gone; the group makes the end certain.
    const timer =
      killAfterMs === undefined
        ? null
        : setTimeout(
            () => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'),
            killAfterMs,
          );
    child.on('close', (code) => {
      if (timer) clearTimeout(timer);
      resolve({ code, stdout, stderr });
    });
  });
}
