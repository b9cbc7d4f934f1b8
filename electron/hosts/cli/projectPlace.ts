// Whether the file of an open project still has its name. A system lets go of a name while the file is
// open: all work then ends well, in a file that nobody can find.
import { stat } from 'node:fs/promises';

/** Remembers the file at `path`; the answer says whether that very file is still there. */
export async function rememberPlace(path: string): Promise<() => Promise<boolean>> {
  const then = await identityOf(path);
  return async () => then !== null && (await identityOf(path)) === then;
}

async function identityOf(path: string): Promise<string | null> {
  const info = await stat(path, { bigint: true }).catch(() => null);
  return info && `${info.dev}:${info.ino}`;
}

/** What to say when it is not. */
export const goneWords = (project: string): string =>
  `The project ${project} was deleted or moved while this worked: what was written into it is not there.`;
