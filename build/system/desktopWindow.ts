// The Electron window of a checkout, and in plain words why it did not open: a development binary lacks what an
// installer sets up, and some computers refuse it before any code of this program runs.
import { spawn } from 'node:child_process';

/** Enough for the lines that a refusal ends with. */
const KEPT_CHARACTERS = 16_384;

export interface Ended {
  readonly code: number | null;
  /** The last of what it wrote to stderr. */
  readonly said: string;
}

/** Why Electron will not even start here, before it is tried; null when it may. */
export const refusedBeforehand = (
  platform: NodeJS.Platform,
  userId: number | undefined,
): string | null =>
  platform === 'linux' && userId === 0
    ? "Electron's window does not open for root, since its sandbox needs an ordinary user."
    : null;

const REFUSALS: readonly (readonly [RegExp, (found: string) => string])[] = [
  [
    /SUID sandbox helper|No usable sandbox/,
    () =>
      'This system gives Electron from a checkout no sandbox (user namespaces are restricted, as on Ubuntu since 23.10). The installed Salience (.deb) is allowed one.',
  ],
  [
    /error while loading shared libraries: ([^:\s]+)/,
    (library) =>
      `Electron needs the system library ${library}, which is not installed; your package manager finds the package that holds it.`,
  ],
  [
    /Missing X server or \$DISPLAY|platform failed to initialize/,
    () => 'There is no display here for a window.',
  ],
];

/** Why the window never opened, from how Electron ended; null when it ended for another reason. */
export function whyNoWindow({ code, said }: Ended): string | null {
  if (code === 0) return null;
  for (const [pattern, words] of REFUSALS) {
    const found = pattern.exec(said);
    if (found) return words(found[1] ?? '');
  }
  return null;
}

/** Runs Electron to its end; what it writes goes on to the terminal. */
export function runElectron(program: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(program, args, { stdio: ['inherit', 'inherit', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data: Buffer) => {
    process.stderr.write(data);
    said = (said + data.toString()).slice(-KEPT_CHARACTERS);
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, said: error.message }));
    child.once('close', (code) => resolve({ code, said }));
  });
}
