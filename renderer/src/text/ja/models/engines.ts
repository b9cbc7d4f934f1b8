// Japanese words about the ways to find masks.
import type { Role } from '../../../../../electron/api/model.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { params, values } from './params.ts';

type Said = ReturnType<Catalogue['models']['engines']['of']>;

const SAID: Readonly<Record<string, Said>> = {
  pnp: {
    name: 'サリエンシー',
    published: 'PnP-OVSS',
    purpose:
      '画像と語を理解するモデルに、クラスごとに注目した場所を何度か尋ねます。最も豊富な根拠が得られます。',
    goodFor: '日常の物、少数のクラス、説明が必要なマスク',
  },
  naclip: {
    name: '類似度',
    published: 'NACLIP',
    purpose: '画像の各パッチを各クラスと比較します。見るのは一度で、パスはありません。',
    goodFor: '多数のクラス、広い風景、空や道路、GPU のないコンピューター',
  },
  car: {
    name: 'ラウンド',
    published: 'CLIP as RNN',
    purpose: '検出したものを判定モデルに示し、見えない名前を除外します。',
    goodFor: '存在しないかもしれない名前の長いリスト、最大 20 個',
  },
};

const judge = (role: Role) => (role === 'judge' ? '、判定' : '');

export const engines: Catalogue['models']['engines'] = {
  params,
  values,
  engine: 'エンジン',
  goodFor: '適した用途',
  needs: '必要なもの',
  oneImage: '画像 1 枚（ここで）',
  lastImage: '直近の画像',
  model: 'サリエンシーのモデル',
  of: ({ id, name, purpose }) => SAID[id] ?? { name, published: '', purpose, goodFor: '' },
  has: (name, role) => `${name}${judge(role)}、このコンピューターにあります`,
  toGet: (name, role, size, licence) => `${name}${judge(role)}、${size}、${licence}`,
  nothing: (role) =>
    role === 'judge' ? 'マップのモデルが判定も行います' : '該当するモデルは一覧にありません',
  use: 'このプロジェクトで使う',
  using: (name) => `次の実行から ${name} がマスクを検出します。`,
};
