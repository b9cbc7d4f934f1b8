// Japanese words for the stages of what runs.
import type { Catalogue } from '../../languages/catalogue.ts';

export const stages: Catalogue['label']['prompt']['stages'] = {
  heads: {
    'Read image': '画像の読み込み',
    'Read images': '画像の読み込み',
    Encode: 'エンコード',
    Words: '単語',
    Match: '一致度',
    Pass: 'パス',
    Maps: 'マップ',
    Edges: '輪郭',
    Device: 'デバイス',
    'Similar pixels': '似たピクセル',
    Image: '画像',
    'Look at masks': 'マスクを確認',
    'Judge without it': 'それなしで判定',
    'Run the model': 'モデルを実行',
    'Look at open images': '未完了の画像を確認',
    'Look at edges': '輪郭を確認',
    'Check at full size': '原寸で確認',
    'Compare settings': '設定を比較',
    'Make masks': 'マスクを作成',
    'Make masks anew': 'マスクを再作成',
    'Compare masks': 'マスクを比較',
  },
  of: (head, n, of) => `${head} ${n} / ${of}`,
  imageOf: (head, n, of) => `${head}、画像 ${n} / ${of}`,
  layer: (n) => `層 ${n}`,
  round: (n, words) => `ラウンド ${n}、${words}`,
};
