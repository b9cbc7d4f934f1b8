// The settings of a run that matter most, in a line: those of its engine, then those of all engines.
import type { CarParams } from '../../../link/engines/car.ts';
import { car } from '../../../link/engines/car.ts';
import type { NaclipParams } from '../../../link/engines/naclip.ts';
import { naclip } from '../../../link/engines/naclip.ts';
import { pnp } from '../../../link/engines/pnp.ts';
import type { ExplainParams, MaskParams, PipelineParams } from '../../../link/params.ts';

/** `layer 8, head 10, 4 passes x 10 patches, threshold 0.15, blur 0.05, CRF`. */
export function settingWords({ engine, explain, masks }: PipelineParams<object>): string {
  return [
    ...engineWords(engine, explain, masks),
    masks.crf ? 'CRF' : 'no CRF',
    `background ${masks.background}`,
  ].join(', ');
}

// Parameters were checked against the table of their engine, which has a row for each of these fields.
function engineWords(engine: string, explain: object, masks: MaskParams): string[] {
  switch (engine) {
    case pnp.id:
      return [
        ...pnpWords(explain as ExplainParams),
        `threshold ${masks.threshold}`,
        `blur ${masks.blur}`,
      ];
    case naclip.id:
      return naclipWords(explain as NaclipParams, masks);
    case car.id:
      return carWords(explain as CarParams);
    default:
      return [engine];
  }
}

function pnpWords({
  layers,
  heads,
  passes,
  dropRule,
  dropCount,
  dropFraction,
}: ExplainParams): string[] {
  const counted = (from: readonly number[]) => from.map((one) => one + 1).join(' + ');
  const drop = {
    count: `${dropCount} patches`,
    fraction: `${(100 * dropFraction).toFixed(1)} % of the patches`,
    half: 'half of the rest',
  }[dropRule];
  return [
    `layer ${counted(layers)}`,
    heads.length === 0 ? 'mean of heads' : `head ${counted(heads)}`,
    passes === 1 ? '1 pass' : `${passes} passes x ${drop}`,
  ];
}

function naclipWords(
  { strategy, arch, shortSide, windows, windowSide, windowStride, backgroundWords }: NaclipParams,
  { pamr, smallestShare }: MaskParams,
): string[] {
  const looks = `windows ${windowSide} px every ${windowStride} px`;
  return [
    `last block ${strategy}, ${arch}`,
    `short side ${shortSide} px`,
    { on: looks, auto: `${looks} where wide`, off: 'no windows' }[windows],
    `${backgroundWords.length} background words`,
    `smallest share ${smallestShare}`,
    pamr ? 'quick edges' : 'no quick edges',
  ];
}

function carWords(params: CarParams): string[] {
  const { confidence, mapThreshold, maskThreshold, judgeBlocks, backgroundWords } = params;
  const marks = (['blur', 'gray', 'black', 'circle'] as const).filter((mark) => params[mark]);
  return [
    `dropped below ${confidence}`,
    `map threshold ${mapThreshold}`,
    `prompt mask threshold ${maskThreshold}`,
    marks.length === 0 ? 'plain pictures' : `pictures with ${marks.join(' + ')}`,
    ...(judgeBlocks === 'all' ? ['all blocks of the judge'] : []),
    `${backgroundWords.length} background words`,
  ];
}
