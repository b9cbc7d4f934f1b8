// Everything that a benchmark leaves in its folder. scores.json comes last: where it is, the others are.
import { join } from 'node:path';
import { writeWhole } from '../../../files/wholeFile.ts';
import type { EngineContext } from '../../context.ts';
import { resultOf, type BenchmarkResult } from '../result.ts';
import type { BenchmarkPlan, Measured } from '../run.ts';
import { htmlReport, type Fonts } from './html.ts';
import { reportPictures } from './pictures.ts';
import { classesCsv, markdownReport } from './plain.ts';
import { rememberReport } from './remembered.ts';

export const SCORES_FILE = 'scores.json';
export const PAGE_FILE = 'report.html';

/** Writes the report; resolves with the scores. */
export async function writeReport(
  context: EngineContext,
  plan: BenchmarkPlan,
  measured: Measured,
  { command, fonts }: { readonly command: readonly string[]; readonly fonts: Fonts },
): Promise<BenchmarkResult> {
  const result = resultOf(plan, measured, { command, at: context.clock.now() });
  const pictures = await reportPictures(context, plan, measured, result.headline);
  const write = (name: string, text: string) =>
    writeWhole(join(plan.folder, name), text, { sync: false });
  await write(PAGE_FILE, htmlReport(result, pictures, fonts));
  await write('report.md', markdownReport(result));
  await write('classes.csv', classesCsv(result));
  await write(
    'images.ndjson',
    `${measured.images.map((image) => JSON.stringify(image)).join('\n')}\n`,
  );
  await write(SCORES_FILE, `${JSON.stringify(result, null, 1)}\n`);
  rememberReport(context.open.get(), measured.job.id);
  return result;
}
