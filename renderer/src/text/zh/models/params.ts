// Chinese words for parameters of the engines and their values.
import type { Catalogue } from '../../languages/catalogue.ts';

export const params: Catalogue['models']['engines']['params'] = {
  'car.confidence': '低于此值则舍弃',
  'car.mapThreshold': '图的阈值',
  'car.maskThreshold': '提示图片掩膜的阈值',
  'car.blur': '提示图片：模糊',
  'car.gray': '提示图片：灰度',
  'car.black': '提示图片：黑色',
  'car.circle': '提示图片：圆圈',
  'naclip.strategy': '最后一块读取',
  'naclip.nearness': '邻近（图块）',
  'naclip.shortSide': '短边（像素）',
  'naclip.windows': '窗口',
  'masks.contrast': '词的对比度',
  'masks.smallestShare': '最小占比',
  'masks.backgroundFactor': '背景权重',
};

export const values: Catalogue['models']['engines']['values'] = {
  naclip: '邻近的键（naclip）',
  nonly: '仅邻近（nonly）',
  kk: '键（kk）',
  csa: '查询与键（csa）',
  vanilla: '训练时原样（vanilla）',
  auto: '自动',
  on: '开',
  off: '关',
};
