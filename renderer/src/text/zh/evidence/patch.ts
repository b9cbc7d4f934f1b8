// Chinese sentences of the patch that was clicked.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

export const patch: Catalogue['evidence']['patch'] = {
  title: '点击的图块',
  at: (row, column, rows, columns) => `${row}，${column}（共 ${rows} × ${columns}）`,
  none: '点击图块，查看它被当作什么。用键盘：方向键，然后 Enter。',
  busy: '正在查看',
  cannot: '此方法无法说明。',
  cosine: (value) => `相似度 ${value}`,
  shares: (n) => `全部 ${count(n)} 个词的占比，包括背景词。`,
  under: (share) => `均低于 ${share}：背景。`,
  near: '考虑邻近',
  alone: '不考虑，',
  aloneNote: '仅看键',
  listens: (window, all) =>
    all === 1
      ? '此图块在最后一个块中关注的位置。'
      : `此图块在最后一个块中关注的位置，窗口 ${window}，共 ${all} 个。`,
  took: (time) => `读取用时 ${time}`,
};
