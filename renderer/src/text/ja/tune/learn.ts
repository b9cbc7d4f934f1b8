// Japanese sentences about learning from accepted masks.
import type { LearnFigures } from '../../../../../electron/api/tuning.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

const whole = (share: number) => Math.round(100 * share);
const evidence = ({ images, up, down, alike, now, then }: LearnFigures) =>
  `完了した ${count(images)} 枚の画像では、マスクの改善 ${count(up)} 枚、悪化 ${count(down)} 枚、同等 ${count(alike)} 枚でした（平均の重なり ${whole(now)} → ${whole(then)}%、各画像はその画像を除いて選んだ配合で評価）。`;

export const learn: Catalogue['tune']['learn'] = {
  title: '類似度を画像に合わせる',
  intro:
    '「類似度」が各クラスで探すものを、語から承認済みマスクの見た目へ近づけます。学習は行わず、マスクも変わりません。',
  inUse: '使用中',
  measure: '計測',
  again: '再計測',
  stop: '停止',
  starting: '開始しています',
  noClip: 'CLIP モデルが必要です。「モデルとデバイス」で入手してください。',
  few: (n) => `計測するには、承認済みマスクのある画像をあと ${count(n)} 枚完了してください。`,
  verdicts: {
    offer: (found) => `${evidence(found)}他の画像では効果が小さいか、ないこともあります。`,
    few: () => '完了した画像が少なすぎて判断できません。',
    wrongMaps: () =>
      '「類似度」のマップにこれらのクラスが十分に現れていないため、効果がありません。別の手法、語、モデルを試してください。',
    stay: (found) =>
      `${count(found.images)} 枚の画像で、語だけの場合は、試したどの配合にも劣りません。`,
    unclear: (found) =>
      `${evidence(found)}まだ明確とは言えません。完了した画像が増えれば判断できます。`,
  },
  now: '語のみ',
  then: '見た目あり',
  better: '改善、悪化、同等',
  counts: ({ up, down, alike }) => `${count(up)}、${count(down)}、${count(alike)}`,
  mix: '見た目の割合',
  classes: '見た目のあるクラス',
  model: 'モデル',
  use: 'このプロジェクトで使う',
  leave: '語のみに戻す',
  usedToast: '「類似度」は承認済みマスクの見た目を使います。提案は再実行するまで変わりません。',
  leftToast: '「類似度」は再び語だけを使います。',
  undone: '以前の設定に戻しました。',
};
