// Where settings, recent projects and caches of the command line and the browser host live.
import { access, constants, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../api/errors.ts';

/** SALIENCE_HOME, or where this system keeps such things. */
export function userDataFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  if (env['SALIENCE_HOME']) return env['SALIENCE_HOME'];
  switch (process.platform) {
    case 'win32':
      return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Salience');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Salience');
    default:
      return join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'salience');
  }
}

/** Makes the folder; throws PROJECT_READ_ONLY with the way out where nothing can be written there. */
export async function requireHome(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new AppError(
      'PROJECT_READ_ONLY',
      `Settings, recent projects and caches belong into ${folder}, where nothing can be written (${code}). Set SALIENCE_HOME to a folder of your own.`,
      { cause },
    );
  }
}
