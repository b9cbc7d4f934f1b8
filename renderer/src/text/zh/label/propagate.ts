// Chinese sentences of the card that proposes a selection on other images.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

const images = (n: number) => `${count(n)} 张图像`;

export const propagate: Catalogue['propagate'] = {
  title: (objects) =>
    objects === 1 ? '在其他图像上提出建议' : `在其他图像上建议 ${count(objects)} 个掩膜`,
  where: '哪些图像',
  next: '接下来的图像',
  alike: '相似图像',
  picked: (n) => `已选图像，${count(n)}`,
  most: '图像数量',
  counting: '正在查找图像',
  found: (n) => `在 ${images(n)}上，未决定，于显著度吻合处。撤销可全部收回。`,
  none: {
    next: '此图像之后没有未复核的图像。',
    alike: '模型在其他图像上没有看到相似的内容。',
    picked: '所选图像均已复核，或就是此图像。',
  },
  unknownLook: '尚不知道它的外观：请先在此图像上运行模型，或选择接下来的图像。',
  running: (done, n) => `${count(done)} / ${images(n)}。尚未写入任何内容。`,
  go: (n) => (n === 0 ? '提出建议' : `在 ${images(n)}上提出建议`),
  done: ({ bySalience, asDrawn, leftOut: { there, absent, unread } }) => {
    const facts = [
      bySalience > 0 ? `${count(bySalience)} 个于显著度吻合处` : '',
      asDrawn > 0 ? `${count(asDrawn)} 个在原位置，存疑：没有吻合的显著度` : '',
      there > 0 ? `略过 ${count(there)} 张：已有` : '',
      absent > 0 ? `略过 ${count(absent)} 张：模型未看到` : '',
      unread > 0 ? `${images(unread)}无法读取` : '',
    ].filter((fact) => fact !== '');
    return facts.length === 0
      ? '没有提出任何建议。'
      : `已建议 ${count(bySalience + asDrawn)} 个掩膜：${facts.join('；')}。`;
  },
};
