// Japanese sentences of the rounds before a judge.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

const asked = (bare: boolean) => (bare ? '名前のみ' : '“a clean origami …”');

export const rounds: Catalogue['evidence']['rounds'] = {
  view: 'ラウンド',
  intro: '各ラウンドで判定モデルに何が見えるかを尋ね、見えないものを除外します。',
  title: 'ラウンド別のクラス: マップ、判定用の画像、スコア',
  taking: (n, bare) => `${count(n)} クラス、${asked(bare)}`,
  takingStuff: (n, bare) => `領域: ${count(n)} クラス、${asked(bare)}`,
  stuffNote: '領域は物体の後に尋ね、物体を背景語として扱います。',
  nobody: '除外なし: 反復終了',
  kept: '残留',
  dropped: '除外',
  cell: (name, round, value, kept) =>
    `${name}、ラウンド ${round}: ${value}、${kept ? '残留' : '除外'}`,
  detail: (name, round) => `ラウンド ${round} の ${name}`,
  picture: 'プロンプト画像',
  at: (name, round) => `${name}、ラウンド ${round}`,
  pictureOf: (name, round) =>
    `ラウンド ${round} で判定モデルに示した ${name} の画像。破線の四角が見えた範囲です`,
  saw: '判定モデルに見えたもの',
  sawNote: '行: 画像、列: 名前。対角線が自身のスコア',
  noMatrix: 'この実行は表より前のものです。表示するには画像を再実行してください。',
  whyTitle: (name) => `なぜ ${name} は除外されましたか？`,
  whyKeptTitle: (name) => `なぜ ${name} は残りましたか？`,
  why: (name, seen, own, needed) =>
    seen.name === null
      ? `${name} の画像で、判定モデルの ${name} のスコアは ${own} にとどまりました。${needed} が必要でした。`
      : `${name} の画像で、判定モデルには ${seen.name}（${seen.score}）が見えました。${name} 自身は ${own} で、${needed} を超えていません。`,
  whyKept: (name, own, needed) =>
    `判定モデルには ${name} の画像に ${name} が見えました: ${own}、${needed} 超。`,
  whyBest: (name, own, needed) =>
    `${name} は ${own} で ${needed} を超えていませんが残ります。全員が除外されるラウンドで最良だったか、除外しない設定になっています。`,
  keepAnyway: (name) => `${name} を残す`,
  keepNote: 'このプロジェクトでは今後除外せず、画像を再実行します。承認済みのマスクは残ります。',
};
