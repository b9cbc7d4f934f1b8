// Japanese sentences of the import and export dialogs.
import type { Catalogue } from '../languages/catalogue.ts';
import { count } from '../plural.ts';

export const exchange: Catalogue['exchange'] = {
  exportTitle: '書き出し',
  format: '形式',
  which: '画像',
  all: 'すべての画像',
  reviewed: 'レビュー済みのみ',
  picked: (n) => `選択した ${count(n)} 枚の画像`,
  proposals: '提案も含める',
  proposalsHint: 'オフ: 承認済みのマスクのみ。',
  classes: 'クラス',
  noClass: 'クラスを 1 つ以上選んでください。',
  split: '検証用に分ける',
  fileName: 'ファイル名',
  target: 'フォルダー',
  targetDefault: '画像と同じ場所',
  choose: '選ぶ',
  start: '書き出す',
  next: '次へ',
  back: '戻る',
  checkTitle: '書き出し 2/2：確認',
  checkFirst: '先にマスクを調べる',
  startN: (masks) => `${count(masks)} 個のマスクを書き出す`,
  running: '書き込みと読み直し中',
  equal: (images, masks) =>
    `読み直し: ${count(images)} 枚の画像、${count(masks)} 個のマスク、すべて一致。`,
  differs: (images, name) =>
    images === 1
      ? `${name} の読み直し結果が異なります。ファイルは残していません。`
      : `${name} ほか ${count(images - 1)} 枚の画像の読み直し結果が異なります。ファイルは残していません。`,
  showIt: '表示',
  copyPath: 'パスをコピー',
  showInFolder: 'フォルダーで表示',
  checks: {
    looking: 'マスクを確認中',
    head: (masks, images) => `${count(images)} 枚の画像に ${count(masks)} 個のマスク。`,
    nothing: '気になる点はありません。',
    proposalsOut: (n) =>
      `${count(n)} 件の提案は含まれません。承認するか、戻って含める設定にしてください。`,
    classesOut: (n) => `指定により、ほかのクラスのマスク ${count(n)} 個は含まれません。`,
    unreviewedOut: (n) => `指定により、未レビューの画像 ${count(n)} 枚は含まれません。`,
    doNotStop: 'これらがあっても書き出せます。',
    place: (name) => `${name} を表示`,
    rules: {
      missing: '見つからない、または破損した画像',
      tiny: '極小のマスク',
      overlap: '2 クラスの重なり',
      twice: '重複したマスク',
      undecided: 'レビュー済み画像の未判断',
      unsaid: '必須項目がない',
      border: '画像の端に接するもの',
    },
    hints: {
      missing: 'ファイルを読み取れません',
      tiny: '16 px 未満、ブラシの誤操作など',
      overlap: '小さいほうの 20% 超',
      twice: '同じクラス、ほぼ同じピクセル',
      undecided: '誰も判断していない提案',
      unsaid: 'クラスが求める項目が欠けているオブジェクト',
      border: '見切れている物体',
    },
  },
  importTitle: 'ラベルを読み込む',
  source:
    'COCO、CVAT、Label Studio、VIA のファイル、または labelme、YOLO、Supervisely、Pascal VOC、PNG マスクのフォルダー',
  chooseFile: 'ファイルを選ぶ',
  chooseLabels: 'フォルダーを選ぶ',
  chosenFile: '選択したファイル',
  chosenFolder: '選択したフォルダー',
  asAccepted: '承認済みマスクとして',
  asProposals: '提案として',
  asProposalsHint: '後で判断',
  found: (format, images, masks, classes) =>
    `${format}: ${count(images)} 枚の画像、${count(masks)} 個のマスク、${count(classes)} クラス。`,
  imported: (images, masks) =>
    `${count(images)} 枚の画像と ${count(masks)} 個のマスクを読み込みました。`,
  problems: (n) => `${count(n)} 件をスキップ:`,
  changes: '変更して読み取ったもの:',
  skip: '壊れた項目をスキップ',
  turnAlong: 'ラベルも回転する（保存時の向きの画像で作られたもの）',
  importNow: '読み込む',
  moreProblems: (n) => `ほか ${count(n)} 件`,
};
