// Japanese sentences about settings learned from corrections. They say what was seen on finished images, never what will be.
import type { EdgeOffer } from '../../../../../electron/api/corrections/corrections.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, duration, listed, percent } from '../../plural.ts';

const images = (n: number) => `完了した画像 ${count(n)} 枚`;
const px = ({ pixels }: EdgeOffer) => `${count(Math.abs(pixels))} px`;
const drawn = ({ kind }: EdgeOffer) => (kind === 'thing' ? '物体' : '領域');

export const corrections: Catalogue['tune']['corrections'] = {
  title: '修正から学ぶ',
  intro:
    '完了した画像の保存済みマップでマスクの設定を試します。モデルは実行せず、指示があるまで何も変わりません。',
  compare: '設定を比較',
  again: 'もう一度比較',
  harder: 'さらに探す',
  harderHint: '各変更の条件を緩めます。見つかる結果の確実さは下がります。',
  stop: '停止',
  starting: '開始しています',
  background: 'バックグラウンドで設定を比較しています。',
  few: (n) => `設定を比較するには、あと ${count(n)} 枚の画像を完了してください。`,
  none: '設定はまだ比較されていません。',
  offer: '修正の内容から、別の設定が考えられます。',
  evidence: ({ images, up, down, alike, now, then }) =>
    `完了した ${count(images)} 枚の画像では、改善 ${count(up)} 枚、悪化 ${count(down)} 枚、同等 ${count(alike)} 枚でした（平均の重なり ${count(Math.round(100 * now))} → ${percent(then)}、各画像はその画像を除いて選んだ設定で評価）。他の画像では効果が小さいか、ないこともあります。`,
  open: ({ changed, images, looked }) =>
    looked < images
      ? `調べた未完了の画像 ${count(looked)} 枚のうち ${count(changed)} 枚が変わります。`
      : `未完了の画像 ${count(images)} 枚のうち ${count(changed)} 枚が変わります。`,
  mustRun: (n, of) =>
    `未完了の画像 ${count(of)} 枚のうち ${count(n)} 枚は、変えるには再実行が必要です。`,
  edges: (found) =>
    found.pixels > 0
      ? `${drawn(found)}を提案より約 ${px(found)} 広く描いています`
      : `${drawn(found)}を提案より約 ${px(found)} 狭く描いています`,
  edgeMasks: ({ up, masks }) => `（修正したマスク ${count(masks)} 個中 ${count(up)} 個）。`,
  edgesUse: (found) =>
    found.pixels > 0 ? `提案を ${px(found)} 広げる` : `提案を ${px(found)} 縮める`,
  show: '比較',
  hide: '隠す',
  use: '使う',
  notNow: '今はしない',
  back: '以前の設定に戻す',
  inUse: '使用中',
  verdicts: {
    few: ({ missing }) => `設定を比較するには、あと ${count(missing)} 枚の画像を完了してください。`,
    untouched: () => 'すべてのマスクがそのまま承認されています。学ぶ内容がありません。',
    doubtFirst: ({ missing }) =>
      `要確認の画像が先に完了しています。比較の前に、それ以外を ${count(missing)} 枚完了してください。`,
    easyFirst: ({ missing }) =>
      `明確な画像が先に完了しています。比較の前に、要確認の画像を ${count(missing)} 枚完了してください。`,
    wrongMaps: () =>
      'マップにこれらのクラスが十分に現れていないため、設定では改善できません。「調整」（層とヘッド）、別のプロンプト、別のパックを試してください。',
    stay: ({ tried }) => `現在の設定は、試したどの設定（${count(tried)} 通り）にも劣りません。`,
    unclear: ({ up, down }) =>
      `別の設定のほうが少し良く見えますが（改善 ${count(up)}、悪化 ${count(down)}）、明確ではありません。完了した画像が増えれば判断できます。`,
  },
  prepare: ({ images, ms }) =>
    ms > 0
      ? `完了した画像 ${count(images)} 枚でモデルを再実行、約 ${duration(ms)}`
      : `完了した画像 ${count(images)} 枚でモデルを再実行`,
  weak: (names) =>
    `マップに ${listed(names)} が十分に現れていないため、設定では改善できません。別のプロンプトや類義語を試してください。`,
  since: ({ up, down }) => `その後: 改善 ${count(up)}、悪化 ${count(down)}。`,
  worse: 'その後に完了した画像では、この設定は以前の設定より合っていません。',
  details: '詳細',
  knob: '設定',
  now: '現在',
  suggested: '推奨',
  knobs: {
    things: '物体のしきい値',
    stuff: '領域のしきい値',
    rule: 'しきい値の方式',
    colour: '輪郭の色の幅',
    reach: '輪郭の範囲、px',
    blur: 'ぼかし',
    temperature: '温度',
    passes: 'パスの重み',
  },
  values: {
    constant: '一定の高さの背景',
    grey: '未満を切り捨て',
    binary: '有無のみ',
    now: '現状どおり',
    all: 'すべて均等',
    first: '最初のパスのみ',
  },
  gain: '平均の変化（対象外で評価）',
  spread: 'その誤差',
  agree: '一致した選択',
  tried: '試した設定',
  points: (value) => `${value < 0 ? '−' : '+'}${percent(Math.abs(value), 1)}`,
  error: (value) => `± ${percent(value, 1)}`,
  leftOut: {
    noRun: (n) => `${images(n)}: モデルの実行なし。`,
    noMaps: (n) => `${images(n)}: マップがもうありません。`,
    otherModel: (n) => `${images(n)}: 別のモデルまたは手法で実行。`,
    otherRun: (n) => `${images(n)}: 別の語、パス、層で実行。`,
    otherFile: (n) => `${images(n)}: ファイルが変わったか、読み取れません。`,
    nothing: (n) => `${images(n)}: 尋ねたクラスの承認済みマスクなし。`,
    copies: (n) => `${images(n)}: 別の画像と同一。`,
    older: (n) => `${images(n)}: 新しい画像を優先。`,
  },
  pairs: '変更前と変更後、変化の大きい順',
  pair: (name) => `${name}: 現在の提案と、推奨設定での提案`,
  before: '現在',
  after: '推奨',
  more: 'さらに表示',
  noPairs: '変わる未完了の画像はありません。',
  drawing: 'マスクを作成しています。',
  usedToast: ({ changed, vanished }) =>
    `${count(changed + vanished)} 件の提案が変わりました。承認済みのマスクは残ります。`,
};
