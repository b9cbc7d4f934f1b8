// Japanese: why a device runs, or does not.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

export const reasons: Catalogue['models']['reasons'] = {
  set: (device) => `${device} が手動で選ばれています。`,
  setFailed: (device) => `${device} が手動で選ばれています。セルフテストには失敗しました。`,
  setNotHere: (device) =>
    `${device} が選ばれていますが、このシステムにはないため CPU で実行します。`,
  untested: () => 'まだどのデバイスもテストされていません。',
  noneFaster: () => 'CPU を選びました。合格したものに、明らかに速いものはありません。',
  nonePassed: () => 'CPU を選びました。ほかにセルフテストに合格したデバイスはありません。',
  fastest: (device, passed) =>
    `${device} を選びました。合格した ${count(passed)} 台の中で最速です。`,
  needsNvidia: () => 'x64 の Linux と NVIDIA のグラフィックカードが必要です。',
  needsWindows: () => 'Windows が必要です。',
  needsApple: () => 'Apple シリコン搭載の Mac が必要です。',
  notOnArm: () => 'このビルドでは ARM の Linux に対応していません。',
  differs: (n) => `マップが CPU のものと ${count(n)}% 異なります。`,
  noNumbers: () => 'マップに数値でない値があります。',
  crashed: (device) =>
    `${device} でモデルのプロセスが異常終了しました。グラフィックドライバーを更新してください。`,
  onlyCpu: (device) => `CPU 用です。${device} では使えません。`,
  onlyCards: () => 'グラフィックカード用です。CPU では速くなりません。',
  noCard: (device) =>
    `${device} が使えるグラフィックカードを見つけられません。グラフィックドライバーを確認してください。`,
  outOfMemory: (device) =>
    `${device} のメモリが足りません。ほかのプログラムを閉じるか、より小さいモデルを選んでください。`,
  library: (kind, library) =>
    `CUDA に必要な ${kind} ライブラリ ${library} がこのコンピューターにありません。NVIDIA から必要なものは「salience devices cuda」で確認できます。`,
  notInstalled: () =>
    'ランタイムの CUDA ライブラリがインストールされていません。取得するものは「salience devices cuda」で確認できます。',
  otherLibrary: () =>
    'CUDA または cuDNN のライブラリがないか、バージョンが異なります。必要なものは「salience devices cuda」で確認できます。',
  noNvidia: () => 'CUDA が NVIDIA のグラフィックカードを見つけられないか、ドライバーが古すぎます。',
  lost: (device) => `${device} とグラフィックカードの接続が失われました。`,
  notInBuild: (device) => `${device} は、このシステムのこのビルドには含まれていません。`,
  noHalf: (device) => `${device} は、このグラフィックカードでは半精度で計算できません。`,
  cannotRun: (device) => `${device} はこのモデルの一部のステップを実行できません。`,
  failed: (device) => `${device} はモデルを実行できませんでした。詳細はログにあります。`,
};
