// Japanese sentences of the patch that was clicked.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

export const patch: Catalogue['evidence']['patch'] = {
  title: 'クリックしたパッチ',
  at: (row, column, rows, columns) => `${row}, ${column} / ${rows} × ${columns}`,
  none: 'パッチをクリックすると、何と見なされたかがわかります。キーでは矢印、続けて Enter。',
  busy: '調べています',
  cannot: 'この手法ではわかりません。',
  cosine: (value) => `類似度 ${value}`,
  shares: (n) => `背景語を含む全 ${count(n)} 語の割合。`,
  under: (share) => `すべて ${share} 未満: 背景。`,
  near: '近さを含む',
  alone: '含まない、',
  aloneNote: 'キーのみ',
  listens: (window, all) =>
    all === 1
      ? '最終ブロックでこのパッチが参照する場所。'
      : `最終ブロックでこのパッチが参照する場所、窓 ${window} / ${all}。`,
  took: (time) => `${time} で読み取り`,
};
