// Chinese: what an export could not hold or left out.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, fixed } from '../../plural.ts';

export const warnings: Catalogue['exchange']['warnings'] = {
  noPixel: (image) => `${image}：一个没有像素的标注未包括在内`,
  overlap: (image, px, gone) =>
    `${image}：标注有重叠，${count(px)} px 只保留上层的标注${gone > 0 ? `；完全被遮住的：${count(gone)} 个` : ''}`,
  gone: (image, n) => `${image}：完全被遮住的：${count(n)} 个`,
  simplified: (px) => `轮廓已简化，最多 ${fixed(px, 2)} px`,
  labelmeUnsplit: () => 'labelme 文件不分为 train 和 val；每张图像有各自的文件',
  cvatUnsplit: () => 'CVAT 文件不分为 train 和 val；所有图像在同一文件中',
  cvatNotes: (n) => `${count(n)} 张图像的备注不在文件中：CVAT 没有存放备注的位置`,
  controlCharacters: (image) =>
    `${image} 不包括在内：其名称含有控制字符，无法写入图像列表；请重命名文件`,
  leftOut: (image, why) => `${image} 不包括在内：${why}`,
  crowded: (image) => `按要求略去 ${image}：此格式容不下它的全部对象`,
  nameless: (image) => `按要求略去 ${image}：其名称无法用作文件名`,
  sharedFile: (image) => `按要求略去 ${image}：它会与另一图像共用一个文件`,
  turned: (n) => `${count(n)} 张图像以旋转状态存储（EXIF 方向）；尺寸和掩膜以转正后的图像为准`,
  replaced: (images, more) =>
    `标注之后已更改：${images.join('、')}${more > 0 ? `以及另外 ${count(more)} 张` : ''}；请重新查看`,
  more: (n) => `以及另外 ${count(n)} 条警告`,
};
