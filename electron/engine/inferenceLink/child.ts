// The inference process as a child of plain Node (browser host, command line): structured clones over
// its IPC channel, bytes copied. The environment is a short list; NODE_OPTIONS never goes through.
import { fork } from 'node:child_process';
import { OWN_RUNTIME } from '../../api/wire/ownRuntime.ts';
import type { FromInference } from '../../link/protocol.ts';
import type { SpawnInference } from './link.ts';

const PASSED_ON = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'SYSTEMROOT',
  'TEMP',
  'TMP',
  'TMPDIR',
  'LANG',
  'LD_LIBRARY_PATH',
  'CUDA_VISIBLE_DEVICES',
  // Which graphics drivers Vulkan looks for.
  'VK_DRIVER_FILES',
  'VK_ICD_FILENAMES',
  'XDG_RUNTIME_DIR',
  'SALIENCE_LOG',
  // Where this Node keeps compiled code: a model process takes 0.5 s of processor time to start without.
  'NODE_COMPILE_CACHE',
];

/** Forks `entry` (electron/inference/entry.ts or its bundle). */
export function childProcessSpawner(
  entry: string,
  options: {
    log: (line: string) => void;
    /** Where copies of the runtime of the person's own lie. */
    ownRuntime?: string;
    execPath?: string;
    onSpawn?: (pid: number) => void;
  },
): SpawnInference {
  return () => {
    const env: NodeJS.ProcessEnv =
      options.ownRuntime === undefined ? {} : { [OWN_RUNTIME]: options.ownRuntime };
    for (const name of PASSED_ON)
      if (process.env[name] !== undefined) env[name] = process.env[name];
    const child = fork(entry, [], {
      env,
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
      ...(options.execPath === undefined ? {} : { execPath: options.execPath }),
    });
    if (child.pid !== undefined) options.onSpawn?.(child.pid);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8');
      // Native libraries print here; it belongs in the log, a line at a time.
      stream?.on('data', (text: string) => {
        for (const line of text.split('\n')) if (line.trim()) options.log(`inference: ${line}`);
      });
    }
    let exited: ((reason: string) => void) | null = null;
    let reason: string | null = null;
    const finish = (why: string) => {
      if (reason !== null) return;
      reason = why;
      exited?.(why);
    };
    child.on('exit', (code, signal) => finish(signal ? `signal ${signal}` : `exit code ${code}`));
    child.on('error', (error) => {
      if (child.pid === undefined) finish(`could not start: ${error.message}`);
      // A failed send to a dying child is followed by its exit.
    });
    return {
      post(message) {
        // Not connected = exiting; 'exit' tells the rest. The callback keeps a failed send from throwing later.
        if (child.connected) child.send(message, () => undefined);
      },
      onMessage: (listener) =>
        void child.on('message', (message) => listener(message as unknown as FromInference)),
      onExit(listener) {
        exited = listener;
        if (reason !== null) queueMicrotask(() => listener(reason!));
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
