// The log of the desktop: one file and its predecessor, of bounded size, readable by their owner only. A full
// or read-only disk loses lines and nothing else: no window exists to show such a failure in.
import log from 'electron-log/node';

/** With the file before it, twice this is the most that the log takes. */
const LARGEST_BYTES = 2_000_000;

/** Writes lines to `file` from now on. */
export function openLog(file: string): (line: string) => void {
  const { console: screen, file: disk } = log.transports;
  // What it says about its own failures goes to a screen that an installed program does not have.
  screen.level = false;
  screen.writeFn = () => undefined;
  disk.level = 'silly';
  disk.maxSize = LARGEST_BYTES;
  disk.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  disk.format = '{iso} {text}';
  disk.resolvePathFn = () => file;
  return (line) => log.info(line);
}
