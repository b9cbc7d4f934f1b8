// A program of the server run to its end, with what it said.
import { spawn } from 'node:child_process';

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

export interface RunOptions {
  /** Who runs it; this process's own user unless given. */
  readonly account?: Account | null;
  readonly cwd?: string;
}

/** Resolves with the exit code (null after a signal or a start that failed) and both streams. */
export function run(
  program: string,
  args: readonly string[],
  { account, cwd }: RunOptions,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      // Messages are parsed, so they must come in one language.
      env: { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' },
      ...(cwd === undefined ? {} : { cwd }),
      ...(account ? { uid: account.uid, gid: account.gid } : {}),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
    child.on('exit', (code) => {
      // A server started by the program may keep its streams open: the output so far is complete.
      setTimeout(() => resolve({ code, output }), 2000).unref();
    });
  });
}
