// A secret from stdin: piped as it is, typed without being shown. Never from the arguments, which
// every program on the computer can read.
import { UsageError } from '../arguments/usageError.ts';

const ENTER = /[\r\n]/;
const CTRL_C = '\u0003';
const BACKSPACE = /[\b\u007f]/;

/** The first line of stdin, without spaces around it; throws UsageError when there is none. */
export async function readSecret(
  prompt: string,
  stdin: NodeJS.ReadStream = process.stdin,
): Promise<string> {
  const terminal = stdin.isTTY === true;
  if (terminal) process.stderr.write(prompt);
  if (terminal) stdin.setRawMode(true);
  try {
    const secret = (await firstLine(stdin)).trim();
    if (secret === '') throw new UsageError('No token came from stdin; nothing was kept.');
    return secret;
  } finally {
    if (terminal) stdin.setRawMode(false);
    if (terminal) process.stderr.write('\n');
    stdin.pause();
  }
}

async function firstLine(stdin: NodeJS.ReadStream): Promise<string> {
  let line = '';
  for await (const piece of stdin.setEncoding('utf8') as AsyncIterable<string>)
    for (const key of piece) {
      if (ENTER.test(key)) return line;
      if (key === CTRL_C) throw new UsageError('Stopped; nothing was kept.');
      line = BACKSPACE.test(key) ? line.slice(0, -1) : line + key;
    }
  return line;
}
