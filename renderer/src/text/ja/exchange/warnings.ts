// Japanese: what an export could not hold or left out.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, fixed } from '../../plural.ts';

export const warnings: Catalogue['exchange']['warnings'] = {
  noPixel: (image) => `${image}: ピクセルのないアノテーションを 1 つ除きました`,
  overlap: (image, px, gone) =>
    `${image}: アノテーションが重なっており、${count(px)} px では上のものだけが残ります${gone > 0 ? `。完全に隠れたもの: ${count(gone)} 個` : ''}`,
  gone: (image, n) => `${image}: 完全に隠れたもの: ${count(n)} 個`,
  simplified: (px) => `輪郭を最大 ${fixed(px, 2)} px 簡略化しました`,
  labelmeUnsplit: () =>
    'labelme のファイルは train と val に分けられません。画像ごとに 1 ファイルになります',
  cvatUnsplit: () =>
    'CVAT のファイルは train と val に分けられません。すべての画像が 1 ファイルに入ります',
  cvatNotes: (n) =>
    `${count(n)} 枚の画像のメモはファイルに含まれません。CVAT にはメモを入れる場所がありません`,
  controlCharacters: (image) =>
    `${image} は含まれません。名前に、画像一覧に書けない制御文字があります。ファイル名を変更してください`,
  leftOut: (image, why) => `${image} は含まれません: ${why}`,
  crowded: (image) =>
    `${image} は指定により含まれません: この形式にはすべてのオブジェクトが入りません`,
  nameless: (image) => `${image} は指定により含まれません: 名前からファイル名を作れません`,
  sharedFile: (image) => `${image} は指定により含まれません: 別の画像と同じファイルになります`,
  turned: (n) =>
    `${count(n)} 枚の画像は回転した状態で保存されています（EXIF の向き）。サイズとマスクは正しい向きの画像のものです`,
  replaced: (images, more) =>
    `ラベル付けの後に変更された画像: ${images.join('、')}${more > 0 ? ` ほか ${count(more)} 枚` : ''}。もう一度確認してください`,
  more: (n) => `ほか ${count(n)} 件の警告`,
};
