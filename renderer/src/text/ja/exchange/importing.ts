// Japanese: what an import says of labels that it left out or changed.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

const px = ([width, height]: readonly [width: number, height: number]) =>
  `${count(width)} × ${count(height)}`;

const all = (names: readonly string[], more: number) =>
  more > 0 ? `${names.join('、')} ほか${count(more)}件` : names.join('、');
/** A value of the file, as the engine reads it off. */
const is = (found: string) => {
  if (found === 'missing') return 'がありません';
  if (found === 'an object') return 'はオブジェクトです';
  const list = /^a list of (\d+)$/.exec(found);
  return list ? `は${list[1]!}個のリストです` : `は ${found} です`;
};

export const importing: Catalogue['exchange']['importing'] = {
  reasons: {
    told: (why) => why,
    sameImage: (others, more, image) =>
      `と ${all(others, more)} はどれも ${image} 用になります。フォルダーも含めて画像と同じ名前にしてください`,
    taken: (image, by) => `は ${image} 用ですが、すでに ${by} が記述しています`,
    onlyOne: (image) => `は、この名前の唯一の画像 ${image} のものとみなしました`,
    guessed: (said, image) => `が示す ${said} はここにありません。${image} とみなしました`,
    several: (names, more) =>
      `は ${all(names, more)} のどれかです。ファイルにフォルダーを書くか、名前を変更してください`,
    unnamed: () => 'に対応する画像がありません。この名前の画像はありません',
    notHere: (image) => `が示す画像 ${image} は、ここにありません`,
    notInProject: () => 'このプロジェクトにその画像はありません。',
    otherSize: (said, size) => `ファイルでは ${px(said)}、画像は ${px(size)} です。`,
    storedFrame: (said, size, orientation) =>
      `ファイルでは ${px(said)}、画像は ${px(size)} です。画像は EXIF の向き ${orientation} で回転され、これらのラベルは保存されたままの画像に付けられています。一緒に回転できます。`,
    labelledAt: (said, image, size) =>
      `は ${px(said)} px でラベル付けされましたが、${image} は ${px(size)} px です`,
    noSize: () => 'にサイズがなく、画像もわかりません',
    noPixelOf: (label) => `クラス ${label} のオブジェクトが1ピクセルも覆っていません`,
    noPixel: () => 'は画像のどのピクセルも覆っていません',
    objectWanted: (found) => `${is(found)}。オブジェクトが必要です`,
    numberWanted: (found) => `${is(found)}。数が必要です`,
    imageNameWanted: (found) => `${is(found)}。画像の名前が必要です`,
    classNameWanted: (found) => `${is(found)}。クラス名が必要です`,
    pixelsWanted: (found) => `${is(found)}。1以上のピクセル数が必要です`,
    crowdWanted: (found) => `${is(found)}。0 か 1 が必要です`,
    crowdMissing: () => 'がありません。0 とみなしました',
    polygonsWanted: (found) => `${is(found)}。ポリゴンか RLE が必要です`,
    sizeFromImage: (found) => `${is(found)}。画像から取りました`,
    tooLarge: (size) => `は ${px(size)} px で、大きすぎます`,
    scoreOut: (found) => `${is(found)}。除外しました`,
    areaCounted: (found) => `${is(found)}。マスクから数えました`,
    boxTaken: (found) => `${is(found)}。マスクから取りました`,
    tooDeep: () => 'は入れ子が深すぎるか大きすぎて保持できません。除外しました',
    noImageOfId: (found) => `${is(found)}。この ID の画像はありません`,
    noCategoryOfId: (found) => `${is(found)}。この ID のカテゴリはありません`,
    idOfImage: (found) => `${found} はすでに別の画像が使っています`,
    idOfCategory: (found) => `${found} はすでに別のカテゴリが使っています`,
    listedTwice: (image) => `${image} が2回あります。両方を保持します`,
    idTwice: (id) => `${id} が2回使われています。後の方に新しい番号を付けます`,
    idText: () => 'は文字列です。エクスポートは整数なので、新しい番号を付けます',
    idBeyond: () => 'は 2^53 を超え、多くのプログラムで丸められます。新しい番号を付けます',
    idNotWhole: () => 'は1以上の整数ではありません。新しい番号を付けます',
    idMissing: () => 'がありません。新しい番号を付けます',
    idZero: () => 'は 0 で、pycocotools は未対応と数えます。新しい番号を付けます',
    classZero: (name, id) =>
      `は 0 で、「クラスなし」と読むプログラムがあります。${name} に番号 ${id} を付けます`,
    panoptic: () => 'はパノプティック（segments_info）です。マスクは隣の PNG ファイルにあります',
    maskMissing: () =>
      'がないか空です。キーポイントやボックスだけのアノテーションにマスクはありません',
    sizeMissing: () => 'がないか、[height, width] ではありません',
    sizeSwapped: ([width, height]) =>
      `は [${height}, ${width}] で、画像の [width, height] です。COCO は [height, width] です`,
    sizeOther: ([width, height], size) =>
      `は [${height}, ${width}] ですが、画像は ${px(size)} px なので [${size[1]}, ${size[0]}] が必要です`,
    pythonBytes: () => 'は Python のバイト列として書かれています。b と引用符を除いて読みました',
    countsMissing: () => 'がありません。文字列かランのリストが必要です',
    listMissing: () => 'がありません。COCO データセットにはこのリストがあります',
    noList: () => 'はリストではありません',
    classUnnamed: (number, n) => `クラス ${number} に名前がありません。名前は${count(n)}個です`,
    box: () => 'はボックスです。長方形の領域として読みました',
    wholeImage: () => 'に画像全体のタグがあります。領域だけを取り込みます',
    classNameCut: (letters, most) =>
      `は${count(letters)}文字のクラス名です。${count(most)}文字に切り詰めました`,
    groupNameCut: (letters, most) =>
      `は${count(letters)}文字のグループ名です。${count(most)}文字に切り詰めました`,
    joined: (names, name) =>
      `${names.join('と')} は1つのクラス ${name} になります。大文字小文字、空白、アクセントの形だけではクラス名を区別しません`,
    goesTo: (name, mine) => `${name} はプロジェクトのクラス ${mine} に入ります`,
  },
  same: (said, more) => `${said}（ほか${count(more)}か所も同様）`,
};
