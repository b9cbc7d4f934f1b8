// Questions asked of a disk before something is opened there.
import { stat } from 'node:fs/promises';

/** True when the path is a folder that can be listed. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
}
