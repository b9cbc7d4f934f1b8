// Japanese: models that people fetch themselves.
import type { Catalogue } from '../../languages/catalogue.ts';

export const byHand: Catalogue['models']['byHand'] = {
  get: '入手方法',
  title: (name) => `${name} を入手`,
  why: 'このモデルはチェックサムなしで公開されているため、Salience は自動でダウンロードしません。',
  fetch: (file, size, atLeast) =>
    `1. 次のアドレスからブラウザーで ${file}（${atLeast ? `${size} 以上` : `約 ${size}`}）を入手します:`,
  copy: 'アドレスをコピー',
  copied: 'アドレスをコピーしました。',
  choose:
    '2. ファイルのあるフォルダーを選びます。中のコードは実行せずに読み取り、SHA-256 を記録します。',
  licence: (licence) => `ライセンス: ${licence}。`,
  chooseFolder: 'フォルダーを選ぶ',
  orMore: (size) => `≥ ${size}`,
};
