// Japanese sentences of the card that proposes a selection on other images.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, listed } from '../../plural.ts';

const images = (n: number) => `${count(n)} 枚の画像`;

export const propagate: Catalogue['propagate'] = {
  title: (objects) =>
    objects === 1 ? '他の画像に提案' : `${count(objects)} 個のマスクを他の画像に提案`,
  where: '対象の画像',
  next: '次の画像',
  alike: '似た画像',
  picked: (n) => `選択した画像 ${count(n)}`,
  most: '画像の枚数',
  counting: '画像を探しています',
  found: (n) =>
    `サリエンシーが合う${images(n)}に、未判断の提案を作ります。1 回の「元に戻す」ですべて戻せます。`,
  none: {
    next: 'この後に未レビューの画像はありません。',
    alike: '似たものがモデルに見えた画像はほかにありません。',
    picked: '選択した画像はすべてレビュー済みか、この画像です。',
  },
  unknownLook:
    '見た目がまだわかりません。先にこの画像でモデルを実行するか、「次の画像」を選んでください。',
  running: (done, n) => `${images(n)}のうち ${count(done)} 枚。まだ何も書き込まれていません。`,
  go: (n) => (n === 0 ? '提案する' : `${images(n)}に提案`),
  done: ({ bySalience, asDrawn, leftOut: { there, absent, unread } }) => {
    const facts = [
      bySalience > 0 ? `サリエンシーが合う場所に ${count(bySalience)} 個` : '',
      asDrawn > 0 ? `合わせるサリエンシーがなく同じ場所に ${count(asDrawn)} 個（要確認）` : '',
      there > 0 ? `すでにあるため除外 ${count(there)}` : '',
      absent > 0 ? `モデルに見えないため除外 ${count(absent)}` : '',
      unread > 0 ? `読み取れない画像 ${count(unread)} 枚` : '',
    ].filter((fact) => fact !== '');
    return facts.length === 0
      ? '提案はありませんでした。'
      : `${count(bySalience + asDrawn)} 個のマスクを提案しました: ${listed(facts)}。`;
  },
};
