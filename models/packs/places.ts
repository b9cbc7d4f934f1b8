// Where packs live: those that came with the program, and one folder for those of this person.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folders that are searched for packs. */
export interface PackPlaces {
  /** Each is one pack folder; never written to. */
  readonly builtIn: readonly string[];
  /** Holds a folder per installed pack; made when first needed. */
  readonly installed: string;
}

/** What the place depends on; tests pass their own. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The person's home folder. */
  readonly home: string;
}

/** The pack in the source tree; bundled programs pass the folder they were packed with. */
export const SOURCE_DEMO_PACK = fileURLToPath(new URL('../demo/pack', import.meta.url));

/** SALIENCE_PACKS, or the place where this operating system keeps a program's data. */
export function installedPacksFolder({ env, platform, home }: Surroundings): string {
  const chosen = env['SALIENCE_PACKS'];
  if (chosen !== undefined && chosen !== '') return chosen;
  switch (platform) {
    case 'win32':
      return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Salience', 'packs');
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Salience', 'packs');
    default:
      return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'salience', 'packs');
  }
}
