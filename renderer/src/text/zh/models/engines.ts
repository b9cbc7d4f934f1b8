// Chinese words about the ways to find masks.
import type { Role } from '../../../../../electron/api/model.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { params, values } from './params.ts';

type Said = ReturnType<Catalogue['models']['engines']['of']>;

const SAID: Readonly<Record<string, Said>> = {
  pnp: {
    name: '显著度',
    published: 'PnP-OVSS',
    purpose: '多次询问理解图像和词语的模型，为每个类别看了哪里。给出最完整的依据。',
    goodFor: '日常物体、少量类别、需要解释的掩膜',
  },
  naclip: {
    name: '相似度',
    published: 'NACLIP',
    purpose: '将图像的每个图块与每个类别比较。只看一次，不分遍。',
    goodFor: '类别多、开阔场景、天空和道路、没有 GPU 的计算机',
  },
  car: {
    name: '轮次',
    published: 'CLIP as RNN',
    purpose: '将每个发现展示给评判模型，并舍弃它看不到的名称。',
    goodFor: '可能不存在的名称的长列表，最多 20 个',
  },
};

const judge = (role: Role) => (role === 'judge' ? '，评判模型' : '');

export const engines: Catalogue['models']['engines'] = {
  params,
  values,
  engine: '方法',
  goodFor: '适用于',
  needs: '需要',
  oneImage: '每张图像，在此',
  lastImage: '最近一张',
  model: '“显著度”的模型',
  /** An engine of a newer program says its own words. */
  of: ({ id, name, purpose }) => SAID[id] ?? { name, published: '', purpose, goodFor: '' },
  has: (name, role) => `${name}${judge(role)}，已在此计算机上`,
  toGet: (name, role, size, licence) => `${name}${judge(role)}，${size}，${licence}`,
  nothing: (role) => (role === 'judge' ? '评判模型即图谱模型' : '列表中没有这样的模型'),
  use: '用于此项目',
  using: (name) => `从下次运行起由 ${name} 查找掩膜。`,
};
