// `salience benchmark table`: the scores of several runs as one Markdown table.
import { writeFile } from 'node:fs/promises';
import { joinedTable } from '../../../engine/benchmark/report/join.ts';
import { readResult } from '../../../engine/benchmark/resultFile.ts';
import { fileError } from '../../../files/fileError.ts';
import { isTaken } from '../../../files/isTaken.ts';
import { existsAlready } from '../exportProject.ts';
import { EXIT } from '../terminal/exit.ts';
import { say, sayLines } from '../terminal/lines.ts';
import { counted } from '../../../link/words/counted.ts';

export interface TableWords {
  readonly out?: string;
}

export async function tableCommand(files: readonly string[], { out }: TableWords): Promise<number> {
  const results = [];
  for (const file of files) results.push(await readResult(file));
  const table = joinedTable(results);
  if (out === undefined) {
    sayLines(table);
    return EXIT.ok;
  }
  if (await isTaken(out)) throw existsAlready(out);
  await writeFile(out, table, { flag: 'wx' }).catch((error: unknown) => {
    throw fileError(error, out);
  });
  say(`Table          ${out}  (${counted(results.length, 'run')})`);
  return EXIT.ok;
}
