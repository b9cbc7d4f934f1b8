// The system's keyring through its own command: `security` on a Mac, `secret-tool` on Linux. Secrets
// travel on stdin and stdout, never among the arguments, where every program could read them.
import { spawn } from 'node:child_process';
import { memorySecrets, type SecretStore } from './secretStore.ts';

export interface CommandResult {
  /** Null when the command is not there or took too long. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command with a text on its stdin. */
export type RunCommand = (
  command: string,
  args: readonly string[],
  stdin: string,
) => Promise<CommandResult>;

/** A person may have to unlock the keyring first; nobody there must not hold up the program. */
const PATIENCE_MS = 30_000;
const SERVICE = 'salience';

interface Tool {
  readonly command: string;
  get(name: string): readonly string[];
  /** Arguments and stdin that store a secret. */
  set(name: string, secret: string): { readonly args: readonly string[]; readonly stdin: string };
  remove(name: string): readonly string[];
  /** "Not there" as an answer of `get`, as against a keyring that cannot be reached. */
  isMissing(result: CommandResult): boolean;
}

const SECRET_TOOL: Tool = {
  command: 'secret-tool',
  get: (name) => ['lookup', 'application', SERVICE, 'host', name],
  set: (name, secret) => ({
    args: [
      'store',
      `--label=Salience: access token for ${name}`,
      'application',
      SERVICE,
      'host',
      name,
    ],
    stdin: secret,
  }),
  remove: (name) => ['clear', 'application', SERVICE, 'host', name],
  // It answers with a bare 1; what it cannot do it explains.
  isMissing: ({ code, stderr }) => code === 1 && stderr.trim() === '',
};

const SECURITY: Tool = {
  command: 'security',
  get: (name) => ['find-generic-password', '-s', SERVICE, '-a', name, '-w'],
  // -i reads whole commands from stdin; hexadecimal needs no quoting.
  set: (name, secret) => ({
    args: ['-i'],
    stdin: `add-generic-password -U -s ${SERVICE} -a ${name} -X ${Buffer.from(secret).toString('hex')}\n`,
  }),
  remove: (name) => ['delete-generic-password', '-s', SERVICE, '-a', name],
  isMissing: ({ code }) => code === 44,
};

/** The keyring of a system; memory where its command is missing, locked or out of reach. */
export function keyringSecrets(
  platform: NodeJS.Platform,
  run: RunCommand = runCommand,
): SecretStore {
  const tool = platform === 'darwin' ? SECURITY : platform === 'linux' ? SECRET_TOOL : null;
  const memory = memorySecrets();
  if (tool === null) return memory;
  const lookUp = async (name: string): Promise<{ reached: boolean; secret: string | null }> => {
    const result = await run(tool.command, tool.get(plain(name)), '');
    const secret = result.stdout.replace(/\r?\n$/, '');
    if (result.code === 0 && secret !== '') return { reached: true, secret };
    return { reached: result.code === 0 || tool.isMissing(result), secret: null };
  };
  return {
    // Asked for a name that nobody uses: only a keyring that can be reached says "not there".
    lasts: async () => (await lookUp('none')).reached,
    get: async (name) => (await lookUp(name)).secret ?? memory.get(name),
    async set(name, secret) {
      const { args, stdin } = tool.set(plain(name), secret);
      await run(tool.command, args, stdin);
      // Read back: exit codes of interactive modes say little.
      if ((await lookUp(name)).secret === secret) return true;
      return memory.set(name, secret);
    },
    async remove(name) {
      await memory.remove(name);
      await run(tool.command, tool.remove(plain(name)), '');
    },
  };
}

/** Hosts and ports only: a name becomes part of a command that is read from stdin. */
function plain(name: string): string {
  if (!/^[\w.:[\]-]{1,300}$/.test(name)) throw new Error('a secret needs a host as its name');
  return name;
}

const runCommand: RunCommand = (command, args, stdin) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'pipe', windowsHide: true });
    let stdout = '';
    let stderr = '';
    const end = (code: number | null) => {
      clearTimeout(late);
      resolve({ code, stdout, stderr });
    };
    // Not spawn's own timeout: its timer outlives a command that is not there.
    const late = setTimeout(() => child.kill(), PATIENCE_MS);
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    // The exit code reports a command that ends without reading.
    child.stdin.on('error', () => undefined);
    child.on('error', () => end(null));
    child.on('close', end);
    child.stdin.end(stdin);
  });
