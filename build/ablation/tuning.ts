// How close tuning without masks comes to the best layer and head: the command line's own search, with
// the pack as its judge, beside the mIoU that it never sees.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TuneEvaluation, TuneResult } from '../../electron/api/tuning.ts';

const CLI = join(import.meta.dirname, '../../electron/hosts/cli.ts');

export interface TuningFigure {
  readonly style: string;
  readonly images: number;
  /** What the search puts forward. */
  readonly chosen: TuneEvaluation;
  /** Of all layers and heads the one with the highest mIoU. */
  readonly best: TuneEvaluation;
  readonly worst: TuneEvaluation;
  readonly rankCorrelation: number | null;
}

/** Layer and head searched exhaustively on the scenes of a style; the pack's own settings otherwise. */
export async function tuningFigure(scenes: string, style: string): Promise<TuningFigure> {
  const home = await mkdtemp(join(tmpdir(), 'salience-tuning-'));
  try {
    const out = join(home, 'tune.json');
    const images = (await readdir(scenes))
      .filter((name) => name.startsWith(`${style}-`))
      .map((name) => join(scenes, name));
    await cli(home, [
      ...['tune', ...images, '--truth', join(scenes, 'truth.json'), '--things'],
      ...['--judge', 'pack', '--strategy', 'exhaustive', '--vary', 'layer,head', '--out', out],
    ]);
    const result = JSON.parse(await readFile(out, 'utf8')) as TuneResult;
    // The pairs themselves, each with one pass: what the exhaustive search is about.
    const pairs = result.evaluations.filter(({ stage }) => stage === 'group');
    const byIou = pairs.toSorted((a, b) => b.meanIou! - a.meanIou!);
    return {
      style,
      images: result.images,
      chosen: result.best,
      best: byIou[0]!,
      worst: byIou.at(-1)!,
      rankCorrelation: result.rankCorrelation,
    };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function cli(home: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      env: { ...process.env, SALIENCE_HOME: home },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`salience tune ended with ${code}.`)),
    );
  });
}

const percent = (value: number) => (100 * value).toFixed(1);

function named({ setting: { layers, heads, passes } }: TuneEvaluation): string {
  const head = heads.length === 0 ? 'mean of heads' : `head ${heads.map((h) => h + 1).join(' + ')}`;
  return `layer ${layers.map((layer) => layer + 1).join(' + ')}, ${head}, ${passes === 1 ? '1 pass' : `${passes} passes`}`;
}

/** A Markdown table, one row per style. */
export function tuningTable(figures: readonly TuningFigure[]): string {
  const head = [
    'style (scenes)',
    'chosen without masks',
    'mIoU',
    'best pair by mIoU',
    'mIoU',
    'worst pair',
    'rank correlation',
  ];
  const rows = figures.map(({ style, images, chosen, best, worst, rankCorrelation }) => [
    `${style} (${images})`,
    named(chosen),
    percent(chosen.meanIou!),
    named(best),
    percent(best.meanIou!),
    percent(worst.meanIou!),
    rankCorrelation === null ? 'none' : rankCorrelation.toFixed(2),
  ]);
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
