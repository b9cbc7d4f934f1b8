// Chinese sentences of the rounds before a judge.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

const how = (bare: boolean) => (bare ? '仅名称' : '“a clean origami …”');

export const rounds: Catalogue['evidence']['rounds'] = {
  view: '轮次',
  intro: '每一轮询问评判模型看到了什么，并舍弃它没看到的。',
  title: '各轮的类别：图谱、给评判模型的图片、分数',
  taking: (n, bare) => `${count(n)} 个类别，${how(bare)}`,
  takingStuff: (n, bare) => `背景材质：${count(n)} 个类别，${how(bare)}`,
  stuffNote: '在物体之后询问背景材质，物体则作为其背景词。',
  nobody: '无一舍弃：循环结束',
  kept: '保留',
  dropped: '舍弃',
  cell: (name, round, value, kept) =>
    `${name}，第 ${round} 轮：${value}，${kept ? '保留' : '舍弃'}`,
  detail: (name, round) => `第 ${round} 轮的 ${name}`,
  picture: '提示图片',
  at: (name, round) => `${name}，第 ${round} 轮`,
  pictureOf: (name, round) => `第 ${round} 轮中向评判模型展示的 ${name}；虚线方框内是它看到的`,
  saw: '评判模型看到的',
  sawNote: '行：图片，列：名称；对角线上为自身分数',
  noMatrix: '此次运行早于该表格。重新运行图像即可查看。',
  whyTitle: (name) => `为什么舍弃 ${name}？`,
  whyKeptTitle: (name) => `为什么保留 ${name}？`,
  why: (name, seen, own, needed) =>
    seen.name === null
      ? `评判模型在 ${name} 自己的图片中只以 ${own} 看到它；需要 ${needed}。`
      : `在 ${name} 的图片中，评判模型看到的是 ${seen.name}，${seen.score}。${name} 本身：${own}，未超过 ${needed}。`,
  whyKept: (name, own, needed) =>
    `评判模型在 ${name} 自己的图片中看到了它：${own}，超过 ${needed}。`,
  whyBest: (name, own, needed) =>
    `${name} 以 ${own} 保留，未超过 ${needed}：它是本会全部舍弃的一轮中最好的，或被设为永不舍弃。`,
  keepAnyway: (name) => `仍然保留 ${name}`,
  keepNote: '此项目不再舍弃它，并重新运行图像。已接受的掩膜保持不变。',
};
