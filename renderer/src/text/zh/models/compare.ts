// Chinese words about engines side by side.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, listed } from '../../plural.ts';

export const compare: Catalogue['models']['compare'] = {
  title: (image) => `在 ${image} 上比较方法`,
  inUse: '使用中',
  missing: '它的模型尚不在此处。',
  get: '获取',
  running: '正在运行',
  waiting: '等待前一个',
  stop: '停止',
  stopped: '已停止',
  run: '运行',
  masks: '掩膜',
  doubtful: '存疑',
  agreement: '一致度',
  keep: '保留此方法',
  use: '使用此方法',
  why: '为什么',
  taken: (name) => `正在使用 ${name}，它的掩膜成为此处的建议。`,
  absent: (names) =>
    names.length > 3
      ? `未包含 ${listed(names.slice(0, 3))} 等，另有 ${count(names.length - 3)} 个`
      : `未包含 ${listed(names)}`,
  where: '一致之处',
  map: (name) => `${name}：颜色越深，绘制它的方法越多`,
  mapNote: '颜色越浓，绘制它的方法越多。',
  table: '各类别的一致度',
  tableNote: '掩膜的重叠，1 为相同',
  class: '类别',
  all: '全部',
  pair: (a, b) => `${a}，${b}`,
  notFound: '未找到',
  nothing: '没有方法找到这些类别。',
  what: '采用什么',
  agreed: (names) =>
    names.length === 0
      ? '没有所有方法都达到此一致度的类别。'
      : `所有方法一致的类别：${listed(names)}。`,
  from: '所有方法的一致度不低于',
  takeAgreed: '采用一致的部分',
  agreedStep: '采用各方法一致的部分',
  agreedTaken: (n) => `所有方法一致的 ${count(n)} 个类别现已成为建议。`,
  agreedNote: '按当前方法绘制的结果，一步完成。其他类别保持原样。',
  note: '一致并不等于正确：各方法可能犯同样的错误。在你采用之前不会有任何更改；已接受的掩膜绝不更改。',
  shows: '图片显示什么',
  showing: { masks: '掩膜', salience: '显著度', difference: '差异' },
  together: '一起移动',
  shownNote: {
    salience: '越亮，方法看得越多。',
    difference: '实心：只有此方法画到。条纹：只有其他方法画到。',
  },
  picture: (name) => `${name} 的图片。加号和减号缩放，0 显示全部，方向键移动。`,
  noMap: '此处没有该类别的图。',
  six: {
    try: '在 6 张图像上试用',
    title: (n) => `在 ${count(n)} 张图像上`,
    starting: '正在开始',
    stop: '停止',
    engine: '方法',
    masks: (masks, doubtful) => `${count(masks)} 个掩膜，${count(doubtful)} 个存疑`,
    agreement: (value) => `一致度 ${value}`,
    time: (time) => `每张 ${time}`,
    found: (n) => `${count(n)} 个掩膜`,
    waiting: '等待中',
    note: (n) => `在分布于项目各处的 ${n} 张图像上询问相同类别。不写入任何内容；问过的不再重问。`,
  },
  open: '在此图像上比较',
};
