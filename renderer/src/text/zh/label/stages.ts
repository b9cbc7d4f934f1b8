// Chinese words for the stages of what runs.
import type { Catalogue } from '../../languages/catalogue.ts';

export const stages: Catalogue['label']['prompt']['stages'] = {
  heads: {
    'Read image': '读取图像',
    'Read images': '读取图像',
    Encode: '编码',
    Words: '词语',
    Match: '匹配',
    Pass: '遍',
    Maps: '图谱',
    Edges: '边缘',
    Device: '设备',
    'Similar pixels': '相似像素',
    Image: '图像',
    'Look at masks': '查看掩膜',
    'Judge without it': '不含它进行评判',
    'Run the model': '运行模型',
    'Look at open images': '查看未完成的图像',
    'Look at edges': '查看边缘',
    'Check at full size': '以完整尺寸检查',
    'Compare settings': '比较设置',
    'Make masks': '生成掩膜',
    'Make masks anew': '重新生成掩膜',
    'Compare masks': '比较掩膜',
  },
  of: (head, n, of) => `${head} ${n} / ${of}`,
  imageOf: (head, n, of) => `${head}，图像 ${n} / ${of}`,
  layer: (n) => `第 ${n} 层`,
  round: (n, words) => `第 ${n} 轮，${words}`,
};
