// Opens a page that the engine wrote in the system's browser. The system opens any file by its type, programs
// as well, so only a regular file with a page's ending is passed on.
import { lstat } from 'node:fs/promises';
import { extname } from 'node:path';

/** Electron's part, handed in so that tests can play it. */
interface Shell {
  /** What went wrong, or an empty text. */
  openPath(path: string): Promise<string>;
  showItemInFolder(path: string): void;
}

export async function openPage(
  path: string,
  shell: Shell,
  log: (line: string) => void,
): Promise<void> {
  const info = await lstat(path).catch(() => null);
  if (extname(path) !== '.html' || !info?.isFile()) return log(`no page is opened: ${path}`);
  const problem = await shell.openPath(path);
  if (problem === '') return;
  log(`${path} is shown in its folder: ${problem}`);
  shell.showItemInFolder(path);
}
