// Chinese sentences about edges that a click model draws, and about things as objects of their own.
import type { KeptEdge } from '../../../../../electron/api/clicks/edges.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, duration, fixed, percent } from '../../plural.ts';

const value = (of: number) => fixed(of, 2);

function reason({ reason: why, value: measured, limit }: KeptEdge): string {
  const of = `${value(measured)} / ${value(limit)}`;
  switch (why) {
    case 'disagrees':
      return `不一致，${of}`;
    case 'unsure':
      return `点击模型不确定，${of}`;
    case 'unstable':
      return `边缘不稳定，${of}`;
    case 'elsewhere':
      return `大部分在显著度之外，${of}`;
    case 'size':
      return limit > 1
        ? `大小为 ${fixed(measured, 1)} 倍，最多 ${fixed(limit, Number.isInteger(limit) ? 0 : 2)} 倍`
        : `大小为 ${value(measured)} 倍，至少 ${value(limit)} 倍`;
  }
}

export const edges: Catalogue['edges'] = {
  title: '边缘',
  refine: { off: '精修：关', edges: '精修：边缘', instances: '精修：实例' },
  menu: '运行的边缘和对象',
  crisp: '清晰边缘',
  crispHint: (name) =>
    `在与显著度一致之处，${name} 会重新绘制每个物体的边缘。否则边缘保持不变，列表会说明原因。`,
  cost: (ms) => `在此每张图像约 ${duration(ms)}`,
  perThing: '每个物体一个对象',
  perThingHint: '相互接触的同类物体会分开。',
  perThingPlain: '类别中每个相连的部分各为一个对象。',
  needs: (name) => `清晰边缘需要点击模型。${name} 最快。`,
  needsAny: '清晰边缘需要点击模型：见“模型和设备”。',
  stuff: '属于背景材质的类别保留其边缘。',
  alsoStuff: '也用于背景材质：仅边缘',
  alsoStuffHint: '背景材质的轮廓最多移动一个图块；内部保持不变。',
  summary: ({ refined, all, median }) => {
    const asked = `${count(all)} 条边缘中精修 ${count(refined)} 条`;
    return median === null ? asked : `${asked}，中位数 ${value(median)}`;
  },
  kept: '保留 CRF 的边缘',
  reason,
  edge: (of) => `边缘 ${value(of)}`,
  before: '之前，CRF',
  why: {
    lead: '显著度说明是什么，点击模型说明到哪里为止。',
    film: '显示各遍',
    before: (px) => `CRF 部分，${px} px`,
    mask: (px) => `掩膜，${px} px`,
    change: (value) => `变化 ${value < 0 ? '−' : '+'}${percent(Math.abs(value))}`,
    choices: (n) => `点击模型的 ${count(n)} 个候选`,
    noChoices: '候选需要点击模型',
    waiting: '等待中',
  },
  showBoth: '两者都显示',
  showOne: '只显示一个',
  refused: (name) => `未采用，${name}`,
  stayed: '保留，CRF',
  after: (name) => `之后，${name}`,
  found: (name) => `边缘来自 ${name}`,
  /** The four numbers of an edge, in one line. */
  numbers: ({ agrees, fit, steady, edge }) =>
    `边缘 ${value(edge)}：一致 ${value(agrees)}，贴合 ${value(fit)}，稳定 ${value(steady)}`,
  keptBecause: (kept) => `保留 CRF 的边缘：${reason(kept)}`,
  numbersHint:
    '一致：掩膜与显著度重合的程度。贴合：点击模型自己的估计。稳定：换一个切分时变化有多小。边缘：三者合一。',
  report: (refined, kept) => `边缘：精修 ${count(refined)} 条，保留 ${count(kept)} 条`,
  reportMedian: (median) => `中位数 ${value(median)}`,
  reportNone: '所有边缘都已重新绘制。',
  reportShow: { refined: '精修过边缘的图像', kept: '保留边缘的图像' },
  more: (n) => `以及另外 ${count(n)} 个`,
};
