// What the tune command says at its end: the best try, the one in use, how the search went.
import { saidParameters } from '../../../api/rules/tuneParameters.ts';
import type { TuneEvaluation, TuneParameter, TuneResult } from '../../../api/tuning.ts';

export function report(
  result: TuneResult,
  parameters: readonly TuneParameter[],
  out: string,
): string {
  const describe = (one: TuneEvaluation) => described(one, parameters);
  const { best, inUse, judge, judgeName, images, encodes, rankCorrelation } = result;
  const lines = [
    `Best of ${result.evaluations.length} tries on ${images} images, judged by ${judgeName}:`,
    `  ${describe(best)}`,
    `In use: ${describe(inUse)}`,
    `Image encoder: ${encodes.done} runs instead of ${encodes.oneByOne} (one pipeline run a try).`,
  ];
  if (judge === 'pack')
    lines.push(
      parameters.length > 0
        ? 'The model that made the maps judged their masks: it shares its own mistakes. A second CLIP judges better.'
        : 'The pack judged itself, which is weaker than CLIP: it shares its own mistakes.',
    );
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

function described(
  { setting, reward, published, meanIou, number }: TuneEvaluation,
  parameters: readonly TuneParameter[],
): string {
  const parts = setting.values
    ? saidParameters(setting, parameters).map(({ label, value }) => `${label} ${String(value)}`)
    : partsOf(setting);
  const miou = meanIou === null ? '' : `, mIoU ${(100 * meanIou).toFixed(1)}`;
  return `${parts.join(', ')} (try ${number}, reward ${reward.toFixed(3)}, published ${published.toFixed(3)}${miou})`;
}

function partsOf({
  layers,
  heads,
  threshold,
  blur,
  passes,
  drop,
}: TuneEvaluation['setting']): string[] {
  const head = heads.length === 0 ? 'mean of heads' : `head ${heads.map((h) => h + 1).join('+')}`;
  return [
    `layer ${layers.map((layer) => layer + 1).join('+')}, ${head}`,
    `threshold ${threshold}`,
    `blur ${blur}`,
    `passes ${passes}`,
    ...(drop === null ? [] : [`drop ${drop}`]),
  ];
}
