// Whether a name is free.
import { lstat } from 'node:fs/promises';

/** True when something has that name already, a link that leads nowhere too. */
export const isTaken = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );
