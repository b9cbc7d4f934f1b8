// Chinese: what an import says of labels that it left out or changed.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

const px = ([width, height]: readonly [width: number, height: number]) =>
  `${count(width)} × ${count(height)}`;

const all = (names: readonly string[], more: number) =>
  more > 0 ? `${names.join('、')} 等另外 ${count(more)} 个` : names.join('、');
/** A value of the file, as the engine reads it off. */
const is = (found: string) => {
  if (found === 'missing') return '缺失';
  if (found === 'an object') return '是一个对象';
  const list = /^a list of (\d+)$/.exec(found);
  return list ? `是含 ${list[1]!} 项的列表` : `是 ${found}`;
};

export const importing: Catalogue['exchange']['importing'] = {
  reasons: {
    told: (why) => why,
    sameImage: (others, more, image) =>
      `与 ${all(others, more)} 都会对应 ${image}；请按各自图像命名，包括文件夹`,
    taken: (image, by) => `对应 ${image}，但 ${by} 已描述该图像`,
    onlyOne: (image) => `被视为 ${image}，它是唯一同名的图像`,
    guessed: (said, image) => `所指的 ${said} 不在此处；视为 ${image}`,
    several: (names, more) =>
      `可能是 ${all(names, more)}；请在标签文件中写明文件夹，或重命名其中之一`,
    unnamed: () => '不属于此处任何图像：没有同名图像',
    notHere: (image) => `所指的图像 ${image} 不在此处`,
    notInProject: () => '此项目中没有该图像。',
    otherSize: (said, size) => `文件中为 ${px(said)}，图像为 ${px(size)}。`,
    storedFrame: (said, size, orientation) =>
      `文件中为 ${px(said)}，图像为 ${px(size)}：图像按 EXIF 方向 ${orientation} 旋转，而这些标注是在原样存储的图像上做的。可以随之旋转。`,
    labelledAt: (said, image, size) => `标注时为 ${px(said)} px；${image} 为 ${px(size)} px`,
    noSize: () => '没有写明尺寸，也没有已知图像',
    noPixelOf: (label) => `类别 ${label} 的一个对象未覆盖任何像素`,
    noPixel: () => '未覆盖其图像的任何像素',
    objectWanted: (found) => `${is(found)}；应为对象`,
    numberWanted: (found) => `${is(found)}；应为数字`,
    imageNameWanted: (found) => `${is(found)}；应为图像名称`,
    classNameWanted: (found) => `${is(found)}；应为类别名称`,
    pixelsWanted: (found) => `${is(found)}；应为像素数，至少为 1`,
    crowdWanted: (found) => `${is(found)}；应为 0 或 1`,
    crowdMissing: () => '缺失；按 0 读取',
    polygonsWanted: (found) => `${is(found)}；应为多边形或 RLE`,
    sizeFromImage: (found) => `${is(found)}；取自图像`,
    tooLarge: (size) => `为 ${px(size)} px，过大`,
    scoreOut: (found) => `${is(found)}；已略去`,
    areaCounted: (found) => `${is(found)}；已由掩码计算`,
    boxTaken: (found) => `${is(found)}；取自掩码`,
    tooDeep: () => '嵌套过深或过大，无法保留；已略去',
    noImageOfId: (found) => `${is(found)}；没有图像使用该 id`,
    noCategoryOfId: (found) => `${is(found)}；没有类别使用该 id`,
    idOfImage: (found) => `${found} 已被另一张图像使用`,
    idOfCategory: (found) => `${found} 已被另一个类别使用`,
    listedTwice: (image) => `${image} 列出了两次；两者都保留`,
    idTwice: (id) => `${id} 用了两次；后一个获得新编号`,
    idText: () => '是文本；导出使用整数，因此获得新编号',
    idBeyond: () => '是大于 2^53 的数，许多程序会将其舍入；获得新编号',
    idNotWhole: () => '不是 1 以上的整数；获得新编号',
    idMissing: () => '缺失；获得新编号',
    idZero: () => '为 0，pycocotools 会视为未匹配；获得新编号',
    classZero: (name, id) => `为 0，一些程序将其读作“无类别”；${name} 获得编号 ${id}`,
    panoptic: () => '是全景标注（segments_info）；其掩码在旁边的 PNG 文件中',
    maskMissing: () => '缺失或为空；只有关键点或方框的标注没有掩码',
    sizeMissing: () => '缺失或不是 [height, width]',
    sizeSwapped: ([width, height]) =>
      `是 [${height}, ${width}]，即图像的 [width, height]；COCO 使用 [height, width]`,
    sizeOther: ([width, height], size) =>
      `是 [${height}, ${width}]；图像为 ${px(size)} px，应为 [${size[1]}, ${size[0]}]`,
    pythonBytes: () => '写成了 Python 字节；读取时去掉了 b 及其引号',
    countsMissing: () => '缺失；应为字符串或游程列表',
    listMissing: () => '缺失；COCO 数据集含有此列表',
    noList: () => '不是列表',
    classUnnamed: (number, n) => `类别 ${number} 没有名称；共有 ${count(n)} 个`,
    box: () => '是方框；按其矩形区域读取',
    wholeImage: () => '含有整张图像的标签；只导入区域',
    classNameCut: (letters, most) =>
      `是 ${count(letters)} 个字符的类别名称；截短为 ${count(most)} 个`,
    groupNameCut: (letters, most) =>
      `是 ${count(letters)} 个字符的组名称；截短为 ${count(most)} 个`,
    joined: (names, name) =>
      `${names.join('与')} 合为一个类别 ${name}：仅大小写、空格和重音形式不同的名称算同一类别`,
    goesTo: (name, mine) => `${name} 归入项目的类别 ${mine}`,
  },
  same: (said, more) => `${said}（另有 ${count(more)} 处相同）`,
};
