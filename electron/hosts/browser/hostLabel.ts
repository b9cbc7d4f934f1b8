// The name of this person's browser host below `localhost`, made once: what the page keeps in a browser is
// found again when the port is the same, and no other program knows the name.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../../files/wholeFile.ts';
import { newLabel } from './door.ts';

const FILE = 'browser-host';

/** The label kept in the folder of user data, or a new one where there is none. */
export async function hostLabel(userDataFolder: string): Promise<string> {
  const path = join(userDataFolder, FILE);
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (/^s[0-9a-f]{24}$/.test(kept)) return kept;
  const label = newLabel();
  // A folder that cannot be written costs only that the name is another one each time.
  await writeWhole(path, label, { sync: false, mode: 0o600 }).catch(() => undefined);
  return label;
}
