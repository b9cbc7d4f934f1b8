// The one place where the command line writes: names of files, classes and packs come from anywhere, and
// what a terminal takes for a command (titles, colours, the clipboard, turned text) is shown, not obeyed.

/** Control characters, and marks that turn the direction of the text around them. */
const COMMANDS = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** The text as one line that a terminal only shows: `\u{1b}` in place of an escape. */
export const printable = (text: string): string =>
  text.replace(COMMANDS, (letter) => `\\u{${letter.codePointAt(0)!.toString(16)}}`);

/** JSON of a value; the same characters in JSON's own spelling, so that programs read what was meant. */
export const printableJson = (value: unknown, indent = 0): string =>
  JSON.stringify(value, null, indent).replace(COMMANDS, (letter) =>
    // Lines end with the line feed written here; the texts themselves hold none.
    letter === '\n' ? letter : `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** A line of the result. */
export const say = (line = ''): void => {
  process.stdout.write(`${printable(line)}\n`);
};

/** The result for programs. */
export const sayJson = (value: unknown, indent = 0): void => {
  process.stdout.write(`${printableJson(value, indent)}\n`);
};

/** Empties a terminal for lines that are shown again; a pipe gets them one after the other. */
export const clearScreen = (): void => {
  if (process.stdout.isTTY) process.stdout.write('\u001b[H\u001b[2J');
};

/** Several lines of the result, made here: only what stands in them may come from elsewhere. */
export const sayLines = (text: string): void => {
  for (const line of text.split('\n')) say(line);
};

/** A line about the work: what went wrong, what happens meanwhile. */
export const tell = (line: string): void => {
  process.stderr.write(`${printable(line)}\n`);
};

/** Several lines about the work, such as a stack. */
export const tellLines = (text: string): void => {
  for (const line of text.split('\n')) tell(line);
};

/**
 * Keeps on working when nobody listens any more: a reader that has seen enough (`| head`) or a log that
 * is full ends no work. `lost` hears of a result that could not be written for another reason than that.
 */
export function survivesItsReaders(lost: (error: NodeJS.ErrnoException) => void): void {
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') lost(error);
  });
}
