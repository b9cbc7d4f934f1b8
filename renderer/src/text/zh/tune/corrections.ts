// Chinese sentences about settings learned from corrections. They say what was seen on finished images, never
// what will be.
import type { EdgeOffer } from '../../../../../electron/api/corrections/corrections.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, duration, listed, percent } from '../../plural.ts';

const images = (n: number) => `${count(n)} 张已完成图像`;
const missingImages = (n: number) => `再完成 ${count(n)} 张图像即可比较设置。`;
const px = ({ pixels }: EdgeOffer) => `${count(Math.abs(pixels))} px`;
const drawn = ({ kind }: EdgeOffer) => (kind === 'thing' ? '物体' : '背景材质');

export const corrections: Catalogue['tune']['corrections'] = {
  title: '从修正中学习',
  intro: '用已完成图像的存储图谱尝试掩膜设置。模型不运行，未经你同意不会有任何更改。',
  compare: '比较设置',
  again: '重新比较',
  harder: '更努力地找',
  harderHint: '对每项更改的要求较低。找到的结果较不确定。',
  stop: '停止',
  starting: '正在开始',
  background: '正在后台比较设置。',
  few: missingImages,
  none: '尚未比较过设置。',
  offer: '你的修正表明其他设置更合适。',
  evidence: ({ images, up, down, alike, now, then }) =>
    `在你完成的 ${count(images)} 张图像上，它们在 ${count(up)} 张中更贴合，${count(down)} 张中更差，${count(alike)} 张中相同（平均重叠 ${count(Math.round(100 * now))} → ${percent(then)}，每张图像都用未参考它而选出的设置来评判）。其他图像的改进可能较小，或没有改进。`,
  open: ({ changed, images, looked }) =>
    looked < images
      ? `查看过的 ${count(looked)} 张未完成图像中有 ${count(changed)} 张会改变。`
      : `${count(images)} 张未完成图像中有 ${count(changed)} 张会改变。`,
  mustRun: (n, of) => `${count(of)} 张未完成图像中有 ${count(n)} 张须重新运行才会改变。`,
  edges: (found) =>
    found.pixels > 0
      ? `你绘制的${drawn(found)}比建议约宽 ${px(found)}`
      : `你绘制的${drawn(found)}比建议约窄 ${px(found)}`,
  edgeMasks: ({ up, masks }) => `（${count(masks)} 个修正过的掩膜中的 ${count(up)} 个）。`,
  edgesUse: (found) => (found.pixels > 0 ? `将建议扩大 ${px(found)}` : `将建议收缩 ${px(found)}`),
  show: '比较',
  hide: '隐藏',
  use: '使用这些设置',
  notNow: '暂不',
  back: '恢复之前的设置',
  inUse: '使用中',
  verdicts: {
    few: ({ missing }) => missingImages(missing),
    untouched: () => '所有掩膜都是原样接受的。没有可学习的内容。',
    doubtFirst: ({ missing }) =>
      `你先完成了存疑的图像。比较前请再完成 ${count(missing)} 张其他图像。`,
    easyFirst: ({ missing }) =>
      `你先完成了明确的图像。比较前请再完成 ${count(missing)} 张存疑的图像。`,
    wrongMaps: () =>
      '图谱没有足够清楚地显示这些类别，更改设置没有帮助。请尝试调优（层和头）、其他提示词或其他模型包。',
    stay: ({ tried }) => `当前设置与尝试过的任何设置同样符合你的修正（${count(tried)} 种）。`,
    unclear: ({ up, down }) =>
      `其他设置在你的图像上看起来略好（${count(up)} 张变好，${count(down)} 张变差），但不明显。完成更多图像后才能判断。`,
  },
  prepare: ({ images, ms }) =>
    ms > 0
      ? `在 ${count(images)} 张已完成图像上重新运行模型，约 ${duration(ms)}`
      : `在 ${count(images)} 张已完成图像上重新运行模型`,
  weak: (names) =>
    `图谱没有足够清楚地显示 ${listed(names)}，更改设置没有帮助。请尝试其他提示词或同义词。`,
  since: ({ up, down }) => `此后：${count(up)} 张变好，${count(down)} 张变差。`,
  worse: '此后完成的图像用这些设置不如用之前的设置贴合。',
  details: '详情',
  knob: '设置',
  now: '当前',
  suggested: '推荐',
  knobs: {
    things: '物体的阈值',
    stuff: '背景材质的阈值',
    rule: '阈值规则',
    colour: '边缘的颜色宽度',
    reach: '边缘的范围，px',
    blur: '模糊',
    temperature: '温度',
    passes: '各遍权重',
  },
  values: {
    constant: '等高的背景',
    grey: '低于则切去',
    binary: '全有或全无',
    now: '保持原样',
    all: '全部相同',
    first: '仅第一遍',
  },
  gain: '平均变化，留出验证',
  spread: '其误差',
  agree: '一致的选择',
  tried: '尝试过的设置',
  points: (value) => `${value < 0 ? '−' : '+'}${percent(Math.abs(value), 1)}`,
  error: (value) => `± ${percent(value, 1)}`,
  leftOut: {
    noRun: (n) => `${images(n)}没有模型运行。`,
    noMaps: (n) => `${images(n)}已没有图谱。`,
    otherModel: (n) => `${images(n)}：用其他模型或方法运行。`,
    otherRun: (n) => `${images(n)}：用其他词、遍数或层运行。`,
    otherFile: (n) => `${images(n)}：文件已变成另一个，或无法读取。`,
    nothing: (n) => `${images(n)}：没有所询问类别的已接受掩膜。`,
    copies: (n) => `${images(n)}：与另一张相同。`,
    older: (n) => `${images(n)}：以最新的为准。`,
  },
  pairs: '前后对比，变化最大的在前',
  pair: (name) => `${name}：当前的建议，以及用推荐设置的建议`,
  before: '当前',
  after: '推荐',
  more: '显示更多',
  noPairs: '没有未完成的图像会改变。',
  drawing: '正在生成掩膜。',
  usedToast: ({ changed, vanished }) =>
    `已更改 ${count(changed + vanished)} 条建议。已接受的掩膜保持不变。`,
};
