// The system's GObject library, which Electron on Linux has in its process before anything of ours.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
];

/** To be loaded first by a child (LD_PRELOAD); undefined where there is none. */
export const systemGobject: string | undefined = FOLDERS.map((folder) =>
  join(folder, 'libgobject-2.0.so.0'),
).find((path) => process.platform === 'linux' && existsSync(path));

/** Why there is none. */
export const noGobject =
  process.platform === 'linux'
    ? 'this system has no libgobject-2.0.so.0 to load first'
    : 'Electron is linked to GLib on Linux only';
