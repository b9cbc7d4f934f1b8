// Which figure tells wrong masks (IoU below 0.7) from right ones: in how many of 100 pairs the wrong one is more
// in doubt, on the drawn scenes with the built-in model; and what asking the neighbours costs.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KINDS, openScenes } from '../../build/ablation/sceneSet.ts';
import { doubtOf } from '../../electron/api/rules/doubt.ts';
import type { Annotation } from '../../electron/api/types.ts';
import { runBenchmark } from '../../electron/engine/benchmark/run.ts';
import { VOID } from '../../electron/engine/evaluate/imageScore.ts';
import { annotationsOf } from '../../electron/engine/project/annotations.ts';
import { startEngine } from '../../electron/hosts/startEngine.ts';
import { bitmapFromMask } from '../../electron/masks/runs/bitmap.ts';
import { pairsWon } from '../helpers/fixtures/pairsWon.ts';
import { SCENES } from '../helpers/fixtures/benchmarkSets.ts';

const WRONG = 0.7;
/** Pairs of 100 that a figure must tell apart over all scenes. */
const LEAST: Readonly<Record<string, number>> = { neighbours: 80, doubt: 82 };
const FIGURES: Readonly<Record<string, (found: Annotation) => number>> = {
  margin: ({ margin }) => -(margin ?? 0),
  match: ({ match }) => -(match ?? 0),
  'CRF change': ({ crfChange }) => crfChange ?? 0,
  neighbours: ({ unsteady }) => unsteady ?? 0,
  'doubt without them': ({ unsteady: _, ...found }) => doubtOf({ ...found, doubtful: false }),
  doubt: (found) => doubtOf({ ...found, doubtful: false }),
};

const home = await mkdtemp(join(tmpdir(), 'salience-doubt-'));
process.env['SALIENCE_HOME'] = home;
const engine = await startEngine({ kind: 'commandLine', log: () => undefined });
const signal = new AbortController().signal;
const everything: { found: Annotation; wrong: boolean }[] = [];
const spentMs = { doubt: 0, all: 0 };
for (const style of ['trained-styles', 'unseen-pairs', 'unseen-style'])
  for (const kind of KINDS) {
    await using set = await openScenes({ scenes: SCENES, style, kind });
    const { idOf, job } = await runBenchmark(
      engine.context,
      {
        folder: join(home, `${style}-${kind}`),
        set,
        packId: '',
        limit: null,
        params: { preset: 'pack', overrides: {} },
        selection: { kind: 'truth' },
        synonyms: false,
        boundary: false,
        retryFailed: false,
      },
      { signal },
    );
    spentMs.doubt += job.stageMs['doubt'] ?? 0;
    for (const ms of Object.values(job.stageMs)) spentMs.all += ms;
    const rows: typeof everything = [];
    for (const item of set.items) {
      const { labels } = await set.read(item);
      for (const found of annotationsOf(engine.context.open.get().store, idOf.get(item.name)!))
        rows.push({ found, wrong: overlap(found, labels) < WRONG });
    }
    tell(`${style}, ${kind}`, rows);
    everything.push(...rows);
  }
tell('all', everything, LEAST);
const share = spentMs.doubt / spentMs.all;
console.log(
  `  asking the neighbours takes ${(100 * share).toFixed(1)} % of the time of these small images; the bench of batches has 640x480, with the target`,
);
await engine.close();
await rm(home, { recursive: true, force: true });

function overlap({ mask, categoryId }: Annotation, labels: Uint16Array): number {
  let [both, either] = [0, 0];
  bitmapFromMask(mask).forEach((inside, at) => {
    if (labels[at] === VOID) return;
    const truly = labels[at] === categoryId;
    if (inside === 1 && truly) both++;
    if (inside === 1 || truly) either++;
  });
  return either === 0 ? 1 : both / either;
}

function tell(
  name: string,
  rows: typeof everything,
  least: Readonly<Record<string, number>> = {},
): void {
  const figures = Object.entries(FIGURES).map(([figure, of]) => {
    const won = 100 * pairsWon(rows.map(({ found, wrong }) => ({ value: of(found), wrong })));
    const target = least[figure];
    const verdict = target !== undefined && won < target ? ' BELOW' : '';
    return `${figure} ${won.toFixed(0)}${target === undefined ? '' : ` (target at least ${target}${verdict})`}`;
  });
  const wrong = rows.filter((row) => row.wrong).length;
  console.log(`  ${name}: ${wrong} of ${rows.length} wrong; ${figures.join(', ')}`);
}
