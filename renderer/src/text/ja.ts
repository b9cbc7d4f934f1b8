// Japanese: the whole catalogue.
import { errors, figures, reasons } from './ja/errors.ts';
import { evidence } from './ja/evidence.ts';
import { exchange } from './ja/exchange.ts';
import { help } from './ja/help/help.ts';
import { home } from './ja/home.ts';
import { jobs } from './ja/jobs.ts';
import { keys } from './ja/keys.ts';
import { label } from './ja/label.ts';
import { clean } from './ja/label/clean.ts';
import { edges } from './ja/label/edges.ts';
import { filter } from './ja/label/filter.ts';
import { propagate } from './ja/label/propagate.ts';
import { said } from './ja/label/said.ts';
import { segment } from './ja/label/segment.ts';
import { models } from './ja/models.ts';
import { review } from './ja/review.ts';
import { settings } from './ja/settings.ts';
import { statistics } from './ja/statistics.ts';
import { tune } from './ja/tune.ts';
import type { Catalogue } from './languages/catalogue.ts';
import { count } from './plural.ts';

export const ja: Catalogue = {
  app: {
    name: 'Salience',
    version: (version) => `Salience ${version}`,
    connecting: 'エンジンを起動しています',
    lost: 'Salience との接続が切れました。保存済みの内容は無事です。未保存の内容はこのウィンドウに残っています。',
    lostInBrowser:
      'Salience が終了したか、接続できません。保存済みの内容は無事です。未保存の内容はこのウィンドウに残っています。Salience が動いている場合は再接続してください。動いていない場合は起動し直し、新しいリンクを別のタブで開いてください。',
    reconnect: '再接続',
    onlyLooks: (why) => `${why}閲覧のみ可能で、編集はできません。`,
    editHere: 'ここで編集',
    asking: '現在このプロジェクトを編集している側に、保存して手放すよう依頼しています。',
    lookOnly: 'このウィンドウは閲覧専用です。変更するには「ここで編集」を選んでください。',
    displaced: (mine, other) =>
      other === null
        ? `別のウィンドウが「${mine}」を閉じました。閲覧のみ可能で、編集はできません。`
        : `別のウィンドウが「${other}」を開きました。「${mine}」は閲覧のみ可能で、編集はできません。`,
    displacedHint: 'このプロジェクトはもう開かれていません。変更するには開き直してください。',
    openAgain: (name) => `${name} を開き直す`,
    goTo: (name) => `${name} へ移動`,
  },
  screens: {
    home: 'ホーム',
    label: 'ラベル付け',
    evidence: '根拠',
    review: 'レビュー',
    jobs: 'ジョブ',
    tune: '調整',
    statistics: '統計',
    models: 'モデルとデバイス',
    settings: '設定',
    help: 'ヘルプ',
  },
  empty: {
    evidence: 'この画像でモデルを実行すると、理由が表示されます。',
  },
  topbar: {
    label: 'プロジェクトと画面',
    projectMenu: 'プロジェクトメニュー',
    screens: '画面',
    search: '操作、画像、クラスを検索',
    models: 'モデルとデバイス',
    method: (engine, pack) => {
      const name = engine === 'naclip' ? '類似度' : engine === 'car' ? 'ラウンド' : engine;
      return pack === null ? name : `${name}、${pack}`;
    },
    settings: '設定',
    saved: '保存済み',
    saving: '保存中',
    notSaved: '未保存',
    savedAt: (time) => `保存済み ${time}`,
    trouble: {
      kept: '変更は、このウィンドウを開いている間メモリに保持されます。',
      saveCopy: 'コピーを保存',
      giveUp: 'この変更を破棄',
      givenUp: '変更を破棄しました。保存済みの内容を表示しています。',
      stuck:
        'プロジェクトがこの変更を受け付けず、処理が進んでいません。再試行するか、コピーを保存するか、変更を破棄してください。',
      fileName: (image) => `${image.replace(/^.*\//, '').replace(/\.[^.]+$/, '')}.coco.json`,
    },
    closeProject: 'プロジェクトを閉じる',
    openFolder: '画像フォルダーを開く',
    exportData: '書き出す',
    fallback: '選択したデバイスは要求された処理を実行できません。',
    builtIn: '内蔵モデル',
  },
  status: {
    label: 'ステータス',
    keysHint: '? でキー一覧',
    masks: (percent) => `マスク ${percent}%`,
    scanning: (n) => `フォルダーを読み込み中、${count(n)} 枚の画像`,
    jobs: (n) => `${count(n)} 件のジョブを実行中`,
    of: (done, total) => `${count(done)} / ${count(total)}`,
  },
  common: {
    cancel: 'キャンセル',
    close: '閉じる',
    done: '完了',
    undo: '元に戻す',
    redo: 'やり直す',
    tryAgain: '再試行',
    details: '詳細',
    dismiss: '閉じる',
    clearFilter: '絞り込みを解除',
    loading: '読み込み中',
    none: 'なし',
    goThere: '移動',
    notifications: '通知',
    resizePanel: (name) => `${name}の幅を変更`,
  },
  drop: {
    image: (name) =>
      `${name} は 1 枚の画像です。画像の入っているフォルダーをドロップすると、まとめて開けます。`,
    unknown: (name) =>
      `${name} は開けません。画像フォルダー、プロジェクト、ラベルファイル（JSON、XML、ZIP）をドロップしてください。`,
    folderInBrowser:
      'ブラウザーでは、ドロップされたフォルダーの場所がわかりません。Ctrl+O で選んでください。',
    labelsInBrowser:
      'ブラウザーでは、ドロップされたファイルの場所がわかりません。プロジェクトメニューの「ラベルを読み込む」で選んでください。',
    labelsFirst: (name) =>
      `先に画像フォルダーを開いてから、${name} をもう一度ドロップしてください。`,
  },
  objects: (n) => `${count(n)} 個のオブジェクト`,
  proposals: (n) => `${count(n)} 件の提案`,
  classes: (n) => `${count(n)} クラス`,
  px: (n) => `${count(n)} px`,
  help,
  home,
  label,
  keys,
  edges,
  evidence,
  exchange,
  filter,
  jobs,
  propagate,
  said,
  review,
  statistics,
  tune,
  models,
  clean,
  segment,
  settings,
  errors,
  figures,
  reasons,
};
