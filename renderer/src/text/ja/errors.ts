// Japanese: what to say for an error code: what happened, what is safe, what to do.
import type { Catalogue } from '../languages/catalogue.ts';
import { bytes, count } from '../plural.ts';

export const figures: Catalogue['figures'] = {
  tooLarge: (width, height, maxPixels) =>
    `${count(width)} × ${count(height)} px は、上限の ${count(Math.floor(maxPixels / 1e6))} 百万 px を超えています。`,
  tooManyBytes: (size, most) =>
    `ファイルの ${bytes(size)} は、上限の ${bytes(most)} を超えています。`,
  stops: (format, percent) =>
    `この ${format} ファイルは画像の ${percent}% で途切れています。他の画像に影響はありません。`,
  damaged: (format, endsEarly) =>
    `この ${format} ファイルは破損しています。${endsEarly ? '途中で終わっています' : 'データを読み取れません'}。他の画像に影響はありません。`,
};

export const errors: Catalogue['errors'] = {
  fallback: '内部で問題が発生しました。ラベルは無事です。',
  PROTOCOL_MISMATCH: 'ページとエンジンのバージョンが異なります。ページを再読み込みしてください。',
  CONNECTION_CLOSED: 'エンジンとの接続が切れました。承認済みの内容はすべて保存されています。',
  PROJECT_LOCKED:
    'このプロジェクトは別のウィンドウで開かれています。閲覧のみ可能で、編集はできません。',
  PROJECT_TOO_NEW:
    'より新しい Salience で作られたプロジェクトです。開くにはプログラムを更新してください。',
  PROJECT_REPLACED:
    '別のウィンドウが別のプロジェクトを開きました。続けるには元のプロジェクトを開き直してください。',
  CATEGORY_CONFLICT: '別のウィンドウが先にこのクラスを変更しました。新しい状態を表示しています。',
  CATEGORY_UNKNOWN: '別のウィンドウがこのクラスを削除しました。',
  PROJECT_READ_ONLY:
    'このプロジェクトはここでは読み取り専用です。書き込めるフォルダーにコピーしてください。',
  FOLDER_MISSING: 'ドライブが接続されていません。ラベルは無事です。',
  DISK_FULL: 'ディスクがいっぱいで保存できませんでした。最後の変更はメモリに保持されています。',
  NAME_TAKEN: 'この名前はすでに使われています。',
  DOC_CONFLICT: '別のウィンドウが先にこのオブジェクトを変更しました。新しい状態を表示しています。',
  IMAGE_MISSING: 'ファイルがフォルダーにありません。ラベルは無事です。',
  IMAGE_DAMAGED: 'ファイルが破損しています。他の画像に影響はありません。',
  IMAGE_UNSUPPORTED:
    'Salience が読み取れる画像（JPEG、PNG、WebP、TIFF、GIF、AVIF、BMP）ではありません。PNG に変換してください。',
  IMAGE_EMPTY: 'ファイルが空です。もう一度コピーしてください。',
  IMAGE_TOO_LARGE: '画像が上限の 12,000 px を超えています。',
  IMAGE_NAME: '名前が、データセットに必要な相対パスではありません。ファイル名を変更してください。',
  MODEL_HASH_MISMATCH:
    'モデルパックのファイルが変更されています。「モデルとデバイス」で再入手または再作成してください。',
  PACK_BROKEN: 'モデルパックが破損しています。「モデルとデバイス」で破損部分を再取得してください。',
  PROMPT_EMPTY: 'クラス名を 1 つ以上入力してください。',
  INFERENCE_EXITED:
    'モデルのプロセスが終了しました。失われたものはありません。もう一度実行してください。',
  INFERENCE_UNAVAILABLE: '現在モデルを起動できません。',
  NETWORK_FAILED: '接続が切れました。失われたものはありません。',
  HUB_UNREACHABLE:
    'ハブに接続できません。失われたものはありません。「モデルとデバイス」でミラーを選ぶか、フォルダーを追加してください。',
  CERTIFICATE_UNTRUSTED:
    'ハブの証明書がここでは信頼されていません。何もダウンロードされていません。',
  ACCESS_DENIED: 'このモデルにはアクセストークンが必要です。',
  CHECKSUM_MISMATCH: 'ファイルが公開されたものと異なるため、インストールしませんでした。',
};

/** Why a job stands still, or an image could not be done. */
export const reasons: Catalogue['reasons'] = {
  interrupted: () => 'このジョブの実行中にプログラムが終了しました。「再開」で続けられます。',
  closed: () => 'プログラムが閉じられました。',
  unsaved: () => '保存できませんでした。',
  crashed: () => 'この画像の処理中にモデルのプロセスが終了しました。',
  endsAgain: () =>
    'モデルのプロセスが続けて3回終了しました。1分後にもう一度実行してください。再び終了する場合は、「モデル」で別のデバイスを選んでください。',
  classesGone: () => 'このジョブのクラスはすべて削除されました。',
  folderGone: (folder) =>
    `フォルダー ${folder} が見つかりません。ディスクまたはネットワーク共有を接続し直してから続けてください。`,
  gone: (image) => `${image} はもうフォルダーにありません。`,
  notUtf8: (image) =>
    `ディスク上の ${image} の名前は UTF-8 ではないため、その名前でファイルを開けません。ファイル名を変更してください。`,
  oldName: (image) =>
    `${image} の名前は UTF-8 のテキストではありません（古いアーカイブに見られます）。ファイル名を変更してください。`,
  deadLink: (image, target) =>
    `${image} は ${target} へのリンクですが、そこに画像はありません。画像をそこに置くか、リンクを削除してください。`,
  unreadable: (fault) =>
    `ファイルを読み込めません（${fault}）。読み取りを許可してから、もう一度お試しください。`,
  otherSize: (image, [width, height], [widthNow, heightNow]) =>
    `${image} はアノテーション時に ${count(width)} × ${count(height)} px でしたが、現在は ${count(widthNow)} × ${count(heightNow)} px で、アノテーションが合いません。以前のファイルに戻してください。`,
};
