// Chinese sentences about learning from accepted masks.
import type { LearnFigures } from '../../../../../electron/api/tuning.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

const whole = (share: number) => Math.round(100 * share);
const evidence = ({ images, up, down, alike, now, then }: LearnFigures) =>
  `在已完成的 ${count(images)} 张图像上，掩膜在 ${count(up)} 张中更贴合，${count(down)} 张中更差，${count(alike)} 张中相同（平均重叠 ${whole(now)} -> ${whole(then)}%，每张图像都用未参考它而选出的混合来评判）。`;

export const learn: Catalogue['tune']['learn'] = {
  title: '让“相似度”适应你的图像',
  intro: '让“相似度”在每个类别中寻找的目标，从词语向已接受掩膜的外观靠拢。无需训练；掩膜保持不变。',
  inUse: '使用中',
  measure: '测量',
  again: '重新测量',
  stop: '停止',
  starting: '正在开始',
  noClip: '需要 CLIP 模型。可在“模型”中获取。',
  few: (n) => `再完成 ${count(n)} 张有已接受掩膜的图像即可测量。`,
  verdicts: {
    offer: (found) => `${evidence(found)}其他图像的改进可能较小，或没有改进。`,
    few: () => '已完成的图像太少，无法判断。',
    wrongMaps: () =>
      '“相似度”的图谱没有足够清楚地显示这些类别，这样做没有帮助。请尝试其他方法、其他词或其他模型。',
    stay: (found) => `在 ${count(found.images)} 张图像上，仅用词语与尝试过的任何混合同样贴合掩膜。`,
    unclear: (found) => `${evidence(found)}这还不够明确。完成更多图像后才能判断。`,
  },
  now: '仅用词语',
  then: '加上外观',
  better: '更好、更差、相同',
  counts: ({ up, down, alike }) => `${count(up)}、${count(down)}、${count(alike)}`,
  mix: '外观占比',
  classes: '使用外观的类别',
  model: '模型',
  use: '用于此项目',
  leave: '恢复为仅用词语',
  usedToast: '“相似度”将使用掩膜的外观。再次运行前建议保持不变。',
  leftToast: '“相似度”已恢复为仅用词语。',
  undone: '已恢复使用之前的设置。',
};
