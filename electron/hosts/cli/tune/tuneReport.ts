// What the tune command says at its end: the best try, the one in use, how the search went.
import type { TuneEvaluation, TuneResult } from '../../../api/tuning.ts';

export function report(result: TuneResult, out: string): string {
  const { best, inUse, judge, judgeName, images, encodes, rankCorrelation } = result;
  const lines = [
    `Best of ${result.evaluations.length} tries on ${images} images, judged by ${judgeName}:`,
    `  ${describe(best)}`,
    `In use: ${describe(inUse)}`,
    `Image encoder: ${encodes.done} runs instead of ${encodes.oneByOne} (one pipeline run a try).`,
  ];
  if (judge === 'pack')
    lines.push('The pack judged itself, which is weaker than CLIP: it shares its own mistakes.');
  const measured = result.evaluations.filter(({ meanIou }) => meanIou !== null);
  if (measured.length > 0) {
    const top = measured.reduce((a, b) => (b.meanIou! > a.meanIou! ? b : a));
    lines.push(
      `With the right masks at hand (never seen by the search): the best try would have been ${describe(top)}.`,
      `Rank correlation of reward and mIoU: ${rankCorrelation === null ? 'none' : rankCorrelation.toFixed(2)}.`,
    );
  }
  return [...lines, `Written: ${out}`].join('\n');
}

function describe({ setting, reward, published, meanIou, number }: TuneEvaluation): string {
  const { layers, heads, threshold, blur, passes, drop } = setting;
  const head = heads.length === 0 ? 'mean of heads' : `head ${heads.map((h) => h + 1).join('+')}`;
  const parts = [
    `layer ${layers.map((layer) => layer + 1).join('+')}, ${head}`,
    `threshold ${threshold}`,
    `blur ${blur}`,
    `passes ${passes}`,
    ...(drop === null ? [] : [`drop ${drop}`]),
  ];
  const miou = meanIou === null ? '' : `, mIoU ${(100 * meanIou).toFixed(1)}`;
  return `${parts.join(', ')} (try ${number}, reward ${reward.toFixed(3)}, published ${published.toFixed(3)}${miou})`;
}
