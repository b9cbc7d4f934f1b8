// Japanese sentences of cleaning up masks.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, fixed, percent } from '../../plural.ts';

const masks = (n: number) => `${count(n)} 個のマスク`;
const px = (value: number) => `${count(value)} px`;

export const clean: Catalogue['clean'] = {
  title: '整える',
  titleOf: (name) => `${name} を整える`,
  close: '「整える」を閉じる',
  scope: '対象のマスク',
  scopes: {
    selection: (n) => `選択、${count(n)}`,
    image: (n) => `この画像、${count(n)}`,
    class: '全画像',
  },
  working: '処理中',
  stop: '停止',
  grid: '変わるマスク',
  gridHead: (changed, all, images) =>
    `${count(images)} 枚の画像の${masks(all)}のうち ${count(changed)} 個が変わります。`,
  mostShown: (n) => `変化の大きい ${count(n)} 個を表示しています。`,
  tile: (name, added, removed) => `${name}、−${px(removed)}、+${px(added)}。押すとそのまま残します`,
  leaveIt: '押すとそのまま残します。Q を押している間は写真を表示します。',
  left: 'そのまま',
  legend: '色',
  takenAway: '除去',
  added: '追加',
  islands: '次より小さい島を除去',
  islandsDid: (n, of) => `${masks(of)}に ${count(n)} 個の島`,
  holes: '次より小さい穴を埋める',
  holesDid: (n, of) => `${masks(of)}に ${count(n)} 個の穴`,
  smooth: '滑らかに',
  smoothHint: '幅がこの 2 倍より狭い突起と切れ込みを除きます',
  grow: '広げる・縮める',
  growHint: '0 はサイズを変えません',
  simplify: '単純化',
  simplifyHint: '多角形の形式では角の数が減ります',
  simplifyDid: (before, after, error) =>
    `角 ${count(before)} → ${count(after)}、ずれは最大 ${fixed(error, 1)} px`,
  off: 'オフ',
  spoken: (value) => (value === 0 ? 'オフ' : `${value} ピクセル`),
  changes: '変わるマスク',
  changesOf: (n, all) => `${count(n)} / ${count(all)}`,
  pixels: 'ピクセル',
  pixelsOf: (added, removed) => `−${px(removed)}、+${px(added)}`,
  area: '平均面積',
  areaBy: (share) =>
    share === 0 ? '変化なし' : `${share > 0 ? '+' : '−'}${percent(Math.abs(share), 1)}`,
  acceptedAmong: 'うち承認済み',
  locked: 'ロック中のため変更なし',
  vanish: (n) => `${masks(n)}が完全に消えます。`,
  keepThem: 'そのまま残す',
  deleteThem: '削除',
  accepted: '承認済みのマスクも',
  oneStep: '1 手順で元に戻せます',
  clean: (n) => `${masks(n)}を整える`,
  reset: 'リセット',
  nothing: 'この値では何も変わりません。',
  allOff: 'スライダーを動かすと、結果を確認できます。',
  noMasks: 'マスクを選択するか、この画像のクラス全体を整えてください。',
  cleaned: (n, name) => `${name === null ? '' : `${name} の`}${masks(n)}を整えました`,
  undo: '元に戻す',
  history: (name, n) => (n === 1 ? `${name} を整える` : `${masks(n)}を整える`),
};
