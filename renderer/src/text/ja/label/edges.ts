// Japanese sentences about edges that a click model draws, and about things as objects of their own.
import type { KeptEdge } from '../../../../../electron/api/clicks/edges.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, duration, fixed, percent } from '../../plural.ts';

const value = (of: number) => fixed(of, 2);

function reason({ reason: why, value: found, limit }: KeptEdge): string {
  const least = `${value(found)}（必要 ${value(limit)}）`;
  switch (why) {
    case 'disagrees':
      return `不一致、${least}`;
    case 'unsure':
      return `クリック用モデルの確信が不足、${least}`;
    case 'unstable':
      return `輪郭が不安定、${least}`;
    case 'elsewhere':
      return `大部分がサリエンシーの外、${least}`;
    case 'size':
      return limit > 1
        ? `サイズが ${fixed(found, 1)} 倍（上限 ${count(limit)}）`
        : `サイズが ${value(found)} 倍（下限 ${count(limit)}）`;
  }
}

export const edges: Catalogue['edges'] = {
  title: '輪郭',
  refine: { off: '精密化: オフ', edges: '精密化: 輪郭', instances: '精密化: 個体' },
  menu: '実行時の輪郭とオブジェクト',
  crisp: 'くっきりした輪郭',
  crispHint: (name) =>
    `${name} がサリエンシーと合う場所で、物体の輪郭を描き直します。合わない場合は元の輪郭を残し、リストに理由を示します。`,
  cost: (ms) => `ここでは 1 枚あたり約 ${duration(ms)}`,
  perThing: '物体ごとに 1 オブジェクト',
  perThingHint: '接している同じクラスの物体を区別します。',
  perThingPlain: 'クラスの連続した部分がそれぞれ 1 つのオブジェクトになります。',
  needs: (name) => `くっきりした輪郭にはクリック用モデルが必要です。最も速いのは ${name} です。`,
  needsAny: 'くっきりした輪郭にはクリック用モデルが必要です。「モデルとデバイス」をご覧ください。',
  stuff: '領域クラスの輪郭は変わりません。',
  alsoStuff: '領域も: 輪郭のみ',
  alsoStuffHint: '領域の外形が動くのは最大 1 パッチです。内側は変わりません。',
  summary: ({ refined, all, median }) => {
    const asked = `${count(all)} 本の輪郭のうち ${count(refined)} 本を精密化`;
    return median === null ? asked : `${asked}、中央値 ${value(median)}`;
  },
  kept: 'CRF の輪郭を維持',
  reason,
  edge: (of) => `輪郭 ${value(of)}`,
  before: '前、CRF',
  why: {
    lead: 'サリエンシーは何かを、クリックモデルはどこで終わるかを示します。',
    film: 'パスを表示',
    before: (px) => `CRF の部分、${px} px`,
    mask: (px) => `マスク、${px} px`,
    change: (value) => `変化 ${value < 0 ? '−' : '+'}${percent(Math.abs(value))}`,
    choices: (n) => `クリックモデルの候補 ${count(n)} 個`,
    noChoices: '候補にはクリックモデルが必要です',
    waiting: '待機中',
  },
  showBoth: '両方を表示',
  showOne: '片方を表示',
  refused: (name) => `不採用、${name}`,
  stayed: '維持、CRF',
  after: (name) => `後、${name}`,
  found: (name) => `${name} による輪郭`,
  numbers: ({ agrees, fit, steady, edge }) =>
    `輪郭 ${value(edge)}: 合致 ${value(agrees)}、適合 ${value(fit)}、安定 ${value(steady)}`,
  keptBecause: (kept) => `CRF の輪郭を維持: ${reason(kept)}`,
  numbersHint:
    '合致: マスクとサリエンシーの重なり。適合: クリック用モデル自身の見積もり。安定: 切る位置を変えたときの変わりにくさ。輪郭: 三つの総合。',
  report: (refined, kept) => `輪郭: 精密化 ${count(refined)}、維持 ${count(kept)}`,
  reportMedian: (median) => `中央値 ${value(median)}`,
  reportNone: 'すべての輪郭を描き直しました。',
  reportShow: { refined: '輪郭を精密化した画像', kept: '輪郭を維持した画像' },
  more: (n) => `ほか ${count(n)} 件`,
};
