// Japanese sentences about the first model for photographs, the choice of a model, and CUDA.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, listed } from '../../plural.ts';

export const first: Catalogue['models']['first'] = {
  title: '写真への対応は 1 ステップ',
  fits: (size, gpu) =>
    gpu
      ? `はこのコンピューターに適しています。GPU はテストに合格しました。${size} を一度だけダウンロードし、以後は通信不要です。`
      : `はこのコンピューターに適しています。GPU なしでも快適です。${size} を一度だけダウンロードし、以後は通信不要です。`,
  drawnOnly: '内蔵モデルが認識できるのはイラストだけです。',
  knows: (size) => `は写真を認識できます。${size} を一度だけダウンロードし、以後は通信不要です。`,
  get: (size) => `入手、${size}`,
  others: '他のモデル',
  arriving: (name) => `${name} をダウンロードしています。準備ができると自動で選択されます。`,
  meanwhile: 'その間にクラス名の入力や描画ができます。',
  waitingRun: '開いている画像の実行はその後に始まります。',
  useDrawnMeanwhile: 'その間はイラスト用モデルを使う',
  pause: '一時停止',
  cancel: 'キャンセル',
  goOn: '再開',
  paused: (name, percent) => `${name} は ${percent} で一時停止中です。失われたものはありません。`,
  stopped: (name) => `${name} を取得できませんでした。`,
  runWhenReady: '準備後に実行',
  runsThen: (name) => `${name} の準備ができると実行します。もう一度 I を押すと取り消します。`,
  pressToWait: (name) => `I を押すと ${name} の準備後に実行します。B で描くこともできます。`,
  waits: (name) => `${name} の準備ができると実行します。`,
  waitsNoMore: '実行の待機を取り消しました。',
  chosen: (name) => `${name} の準備ができ、使用を開始しました。`,
  useDrawn: 'イラスト用モデルを使う',
  getting: (name, how) => `${name} を取得中、${how}`,
  noAnswer: (name) => `${name}: ダウンロードが停止しました`,
};

export const choice: Catalogue['models']['choice'] = {
  title: 'マスクの検出方法',
  model: 'モデル',
  needs: '必要なもの',
  oneImage: '1 パス（ここで）',
  here: 'このコンピューターにあります',
  measured: 'ここで計測',
  notMeasured: '未計測',
  memory: (size) => `メモリ ${size}`,
  toFetch: (size, licence) => `${size}、${licence}`,
  stays: '提案は再実行するまで残ります。承認済みのマスクは決して変わりません。',
  all: 'モデルとデバイス',
  use: 'このモデルを使う',
  getAndUse: (size) => `${size} を入手して使う`,
  explain: 'マスクの検出方法',
};

export const cuda: Catalogue['models']['cuda'] = {
  title: 'NVIDIA カード向け CUDA',
  text: 'NVIDIA カードでは CUDA が最も高速です。ライブラリはパッケージに含まれません。',
  look: '必要なものを確認',
  offer: (name, size, host) => `${name}、${size}、${host} から。`,
  nvidia:
    'NVIDIA の CUDA と cuDNN は含まれません。必要なバージョンはこのファイルから読み取ります。',
  get: (size) => `入手、${size}`,
  getting: 'CUDA のライブラリを取得中',
  stop: '停止',
  needs: (products, names) => `取得しました。NVIDIA の ${products} が必要です: ${listed(names)}。`,
  needsOnly: (names) => `取得しました。NVIDIA の次のものが必要です: ${listed(names)}。`,
  unreachable: (found) =>
    `パッケージの配布元に接続できません: ${found}。プロキシの内側では HTTPS_PROXY を設定してください。何も変更されていません。`,
  fetched: '取得しました。必要な NVIDIA 製品は読み取れませんでした。テストで確認できます。',
  missing: (names) =>
    `${count(names.length)} 個のライブラリが見つかりません: ${listed(names)}。インストールするか、フォルダーを LD_LIBRARY_PATH に指定して、Salience を起動し直してください。`,
  complete: 'すべて揃っています。CUDA をテストしてください。',
};
