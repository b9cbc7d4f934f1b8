// Chinese sentences of the import and export dialogs.
import type { Catalogue } from '../languages/catalogue.ts';
import { count } from '../plural.ts';

const images = (n: number) => `${count(n)} 张图像`;
const masks = (n: number) => `${count(n)} 个掩膜`;

export const exchange: Catalogue['exchange'] = {
  exportTitle: '导出',
  format: '格式',
  which: '图像',
  all: '所有图像',
  reviewed: '仅已复核的',
  picked: (n) => `所选 ${images(n)}`,
  proposals: '也包括建议',
  proposalsHint: '关：仅已接受的掩膜。',
  classes: '类别',
  noClass: '请至少选择一个类别。',
  split: '分出用于验证',
  fileName: '文件名',
  target: '文件夹',
  targetDefault: '图像所在处',
  choose: '选择',
  start: '导出',
  next: '下一步',
  back: '返回',
  checkTitle: '导出 2/2：检查',
  checkFirst: '先检查掩膜',
  startN: (masks) => `导出 ${count(masks)} 个掩膜`,
  running: '正在写入并读回',
  equal: (n, all) => `读回：${images(n)}，${masks(all)}，全部一致。`,
  differs: (n, name) =>
    n === 1
      ? `${name} 读回后不一致。文件未保留。`
      : `${name} 和另外 ${images(n - 1)}读回后不一致。文件未保留。`,
  showIt: '显示',
  copyPath: '复制路径',
  showInFolder: '在文件夹中显示',
  checks: {
    looking: '正在检查掩膜',
    head: (all, n) => `${images(n)}中的 ${masks(all)}。`,
    nothing: '没有异常。',
    proposalsOut: (n) => `${count(n)} 个建议不包括在内。请接受它们，或返回并将其包括。`,
    classesOut: (n) => `按要求，其他类别的 ${masks(n)}不包括在内。`,
    unreviewedOut: (n) => `按要求，未复核的 ${images(n)}不包括在内。`,
    doNotStop: '这些不会阻止导出。',
    place: (name) => `显示 ${name}`,
    rules: {
      missing: '缺失或损坏的图像',
      tiny: '极小的掩膜',
      overlap: '两个类别重叠',
      twice: '重复的掩膜',
      undecided: '已复核图像中未决定的',
      unsaid: '缺少必填字段',
      border: '触及边界',
    },
    hints: {
      missing: '其文件无法读取',
      tiny: '小于 16 px，常为画笔误触',
      overlap: '超过较小者的 20%',
      twice: '同一类别，像素几乎相同',
      undecided: '无人决定的建议',
      unsaid: '缺少其类别所要求内容的对象',
      border: '被截断的物体',
    },
  },
  importTitle: '导入标注',
  /** Stands where the chosen file's name will. */
  source:
    'COCO、CVAT、Label Studio 或 VIA 文件，或包含 labelme、YOLO、Supervisely、Pascal VOC 或 PNG 掩膜的文件夹',
  chooseFile: '选择文件',
  chooseLabels: '选择文件夹',
  chosenFile: '所选文件',
  chosenFolder: '所选文件夹',
  asAccepted: '作为已接受的掩膜',
  asProposals: '作为建议',
  asProposalsHint: '稍后再决定',
  found: (format, n, all, classes) =>
    `${format}：${images(n)}，${masks(all)}，${count(classes)} 个类别。`,
  imported: (n, all) => `已导入 ${images(n)}和 ${masks(all)}。`,
  problems: (n) => `略过 ${count(n)} 个条目：`,
  changes: '读取时有更改：',
  skip: '略过损坏的条目',
  turnAlong: '随图旋转标注：它们是在原始存储的图片上制作的',
  importNow: '导入',
  moreProblems: (n) => `以及另外 ${count(n)} 个`,
};
