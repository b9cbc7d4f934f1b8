// `salience evaluate`: scores of predicted masks against the truth, as a table or JSON.
import { evaluate } from '../../engine/evaluate/evaluate.ts';
import { evaluationTable } from '../../engine/evaluate/table.ts';
import { EXIT, onInterrupt, STOP } from './terminal/exit.ts';
import { progressPrinter } from './terminal/progress.ts';
import { sayJson, sayLines } from './terminal/lines.ts';

export interface EvaluateWords {
  readonly pred: string;
  readonly truth: string;
  readonly protocol: 'standard' | 'reference';
  readonly instances?: boolean;
  readonly json?: boolean;
}

export async function evaluateCommand({
  pred,
  truth,
  protocol,
  instances = false,
  json,
}: EvaluateWords): Promise<number> {
  const printer = progressPrinter(process.stderr, { json });
  const interrupt = onInterrupt(STOP.look, (line) => printer.line(line));
  try {
    const result = await evaluate({
      pred,
      truth,
      protocol,
      instances,
      signal: interrupt.signal,
      onProgress: (progress) => printer.update(progress),
    });
    printer.end();
    if (json) sayJson(result, 2);
    else sayLines(evaluationTable(result));
    return EXIT.ok;
  } finally {
    interrupt.release();
  }
}
