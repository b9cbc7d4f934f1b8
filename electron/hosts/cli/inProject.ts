// Work of a command in a project: its file is opened in an engine of the command's own and closed in the end.
import { resolve } from 'node:path';
import type { Engine } from '../../engine/engine.ts';
import { openAt } from '../../engine/opening/opening.ts';
import { startEngine } from '../startEngine.ts';
import { goneWords, rememberPlace } from './projectPlace.ts';
import { EXIT, onInterrupt, STOP, type Interrupt, type StopWords } from './terminal/exit.ts';
import { tell } from './terminal/lines.ts';
import { progressPrinter, type ProgressPrinter } from './terminal/progress.ts';

export interface ProjectWords {
  readonly file: string;
  /** Null = the one that the project remembers. */
  readonly folder: string | null;
  readonly onlyReads?: boolean;
  readonly json: boolean;
  /** What an interrupt says. */
  readonly stop?: StopWords;
}

/** Opens the project in an engine of its own, works, closes both whatever happens. */
export async function inProject(
  { file, folder, onlyReads = false, json, stop = STOP.copy }: ProjectWords,
  work: (engine: Engine, interrupt: Interrupt, printer: ProgressPrinter) => Promise<number>,
): Promise<number> {
  const printer = progressPrinter(process.stderr, { json });
  const interrupt = onInterrupt(stop, (line) => printer.line(line));
  const engine = await startEngine({ kind: 'commandLine', log: () => {} });
  try {
    await openAt(engine.context, resolve(file), folder, {
      complete: true,
      onlyReads,
      signal: interrupt.signal,
    });
    const isStillThere = await rememberPlace(resolve(file));
    const code = await work(engine, interrupt, printer);
    if (await isStillThere()) return code;
    tell(goneWords(resolve(file)));
    return EXIT.couldNotStart;
  } finally {
    interrupt.release();
    await engine.close();
  }
}
