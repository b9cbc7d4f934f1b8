// Japanese words for parameters of the engines and their values.
import type { Catalogue } from '../../languages/catalogue.ts';

export const params: Catalogue['models']['engines']['params'] = {
  'car.confidence': '除外する下限',
  'car.mapThreshold': 'マップのしきい値',
  'car.maskThreshold': 'プロンプト画像のマスクのしきい値',
  'car.blur': 'プロンプト画像: ぼかし',
  'car.gray': 'プロンプト画像: グレー',
  'car.black': 'プロンプト画像: 黒',
  'car.circle': 'プロンプト画像: 円',
  'naclip.strategy': '最終ブロックの参照先',
  'naclip.nearness': '近さ (パッチ)',
  'naclip.shortSide': '短辺 (ピクセル)',
  'naclip.windows': 'ウィンドウ',
  'masks.contrast': '語のコントラスト',
  'masks.smallestShare': '最小の割合',
  'masks.backgroundFactor': '背景の重み',
};

export const values: Catalogue['models']['engines']['values'] = {
  naclip: '近くのキー (naclip)',
  nonly: '近さのみ (nonly)',
  kk: 'キー (kk)',
  csa: 'クエリとキー (csa)',
  vanilla: '学習時のまま (vanilla)',
  auto: '自動',
  on: 'オン',
  off: 'オフ',
};
