// Japanese sentences of the start screen and of the folder browser.
import type { Catalogue } from '../languages/catalogue.ts';
import { count } from '../plural.ts';

export const home: Catalogue['home'] = {
  title: '画像にラベルを付け、理由を見る',
  subtitle:
    'クラス名を入力すると、モデルがマスクを提案し、注目した場所を示します。判断するのはあなたです。',
  openTitle: '画像フォルダーを開く',
  openHint: 'ファイルは読み取られるだけで、変更・コピー・アップロードされることはありません。',
  openHintDrop:
    'ここにドロップもできます。ファイルは読み取られるだけで、変更・コピー・アップロードされることはありません。',
  chooseFolder: 'フォルダーを選ぶ',
  formats: 'JPEG、PNG、WebP、TIFF、BMP、GIF、AVIF、一辺 12,000 px まで',
  importLabels: 'ラベルを読み込む',
  openProject: 'プロジェクトを開く',
  startHere: 'はじめに',
  sampleTitle: 'サンプルプロジェクトを試す',
  sampleText:
    'イラストの場面と、すでにこのコンピューターにある小さなモデルです。約 20 秒で最初のマスクができます。',
  openSample: 'サンプルを開く',
  sampleClasses: ['umbrella', 'ball', 'crab'],
  whatIsInside: '内容を見る',
  insideTitle: 'サンプルプロジェクト',
  insideText:
    '動物、食べ物、建物、図形のイラストです。内蔵モデルが認識できるのはイラストだけですが、どのプロセッサーでも動き、ダウンロードは不要です。プロジェクトは独立したコピーなので、自由に試せます。お手元のファイルには影響しません。',
  steps: [
    { title: 'クラス名を入力', text: 'umbrella、ball、crab' },
    { title: 'サリエンシーを見る', text: 'モデルがその場所を選んだ理由' },
    { title: '承認または修正', text: 'Enter、Backspace、ブラシ' },
  ],
  illustration: '3 つのマスクのあるイラスト: 黄色い円 0.96、青い星 0.94、車 0.91',
  recent: '最近のプロジェクト',
  recentCount: (n) => `${count(n)} 件のプロジェクト`,
  noRecent: '開いたプロジェクトがここに並びます。',
  reviewed: (done, total) => `${count(total)} 枚中 ${count(done)} 枚レビュー済み`,
  missing: 'ドライブが接続されていません。ラベルは無事です。',
  findFolder: 'フォルダーを探す',
  forget: 'この一覧から削除',
  pin: 'ピン留め',
  unpin: 'ピン留めを外す',
  pinned: 'ピン留め済み',
  rowMenu: (name) => `${name} のメニュー`,
  copyPath: 'パスをコピー',
  showInFolder: 'フォルダーで表示',
  browseFolder: 'フォルダーを選択',
  browseProject: 'プロジェクトを選択',
  browseFile: 'ラベルファイルを選択',
  browseLabels: 'ラベルフォルダーを選択',
  browseModel: 'モデルのフォルダーを選択',
  chooseThis: 'このフォルダーを選ぶ',
  emptyFolder: 'ここに開けるものはありません。',
  noFolders: 'ここにフォルダーはありません。',
  goUp: '1 つ上のフォルダー',
  recentFolders: '最近のフォルダー',
  pathField: 'パス',
  pathHint: 'パスを入力または貼り付けて Enter',
  imagesHere: (n) => `${count(n)} 枚の画像`,
};
