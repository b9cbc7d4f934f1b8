// `npm run ablation`: what each step of the method brings on held-out scenes with exact masks.
// Class names of each image are given, as in the paper's study. Writes a table and a figure into
// models/demo/card.md, per drawing style, mean over the seeds of scenes with their spread; then how
// close tuning without masks comes to the best layer and head.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROWS, rowScores } from './ablation/rows.ts';
import type { SceneScores } from './ablation/scenes.ts';
import { barChart } from './ablation/chart.ts';
import { tuningFigure, tuningTable } from './ablation/tuning.ts';
import { ensureWasm } from './wasm.ts';

const root = join(import.meta.dirname, '..');
const SCENES = join(root, 'test/fixtures/scenes');
const CARD = join(root, 'models/demo/card.md');
const FIGURE = join(root, 'models/demo/ablation.svg');

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
const percent = (values: readonly number[]) =>
  `${(100 * mean(values)).toFixed(1)} ±${((100 * spread(values)) / 2).toFixed(1)}`;

function table(
  results: readonly { name: string; scores: readonly SceneScores[] }[],
  styles: readonly string[],
): string {
  const head = [
    'step',
    ...styles.flatMap((style) => [`${style}: objects`, `${style}: objects and stuff`]),
  ];
  const rows = results.map(({ name, scores }) => [
    name,
    ...styles.flatMap((style) => {
      const own = scores.filter((score) => score.style === style);
      return [percent(own.map(({ objects }) => objects)), percent(own.map(({ all }) => all))];
    }),
  ]);
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** Replaces what stands between the two comments of a section of the card. */
function fillCard(section: string, text: string): void {
  const card = readFileSync(CARD, 'utf8');
  const [open, close] = [`<!-- ${section} -->`, `<!-- /${section} -->`];
  const [start, end] = [card.indexOf(open), card.indexOf(close)];
  if (start < 0 || end < start)
    throw new Error(`${CARD} has no section ${open} … ${close} to fill.`);
  writeFileSync(CARD, `${card.slice(0, start + open.length)}\n${text}\n${card.slice(end)}`);
}

if (import.meta.main) {
  await ensureWasm();
  const { images } = JSON.parse(readFileSync(join(SCENES, 'truth.json'), 'utf8')) as {
    images: readonly { style: string }[];
  };
  const styles = [...new Set(images.map(({ style }) => style))];
  const [scored, figures] = await Promise.all([
    Promise.all(styles.map((style) => rowScores(SCENES, style))),
    Promise.all(styles.map((style) => tuningFigure(SCENES, style))),
  ]);
  const results = ROWS.map(({ name }, row) => ({
    name,
    scores: scored.flatMap((rows) => rows[row]!),
  }));
  for (const { name, scores } of results)
    console.log(
      `${name.padEnd(28)} ${scores.map(({ style, seed, objects, all }) => `${style}/${seed} ${(100 * objects).toFixed(1)} ${(100 * all).toFixed(1)}`).join('   ')}`,
    );
  const seeds = new Set(results[0]?.scores.map(({ seed }) => seed)).size;
  writeFileSync(
    FIGURE,
    barChart(
      results.map(({ name, scores }) => ({
        name,
        values: styles.map(
          (style) =>
            100 *
            mean(scores.filter((score) => score.style === style).map(({ objects }) => objects)),
        ),
      })),
      styles,
    ),
  );
  fillCard(
    'ablation',
    [
      '',
      `Mean IoU in percent over ${seeds} seeds of held-out scenes (± half the spread between seeds), image-level class names given.`,
      '"Objects": everything else is background. "Objects and stuff": every class of the image asked, pixels without a class left out.',
      'Each row starts from the settings of the pack; nothing was tuned on these scenes. Made by `npm run ablation`.',
      '',
      table(results, styles),
      '',
      '![Mean IoU on objects for each step and style](ablation.svg)',
      '',
    ].join('\n'),
  );

  console.log(`\n${tuningTable(figures)}`);
  fillCard(
    'tuning',
    [
      '',
      'What `salience tune` finds on the same scenes when it knows the names in each image and no mask: the pack judges itself, every',
      'layer and head is tried, everything else is as the pack has it. mIoU on objects before the CRF, in percent, is only shown beside',
      'it. The setting in use may be chosen too. Made by `npm run ablation` as well.',
      '',
      tuningTable(figures),
      '',
    ].join('\n'),
  );
  console.log(`\nWritten into ${CARD}`);
}
