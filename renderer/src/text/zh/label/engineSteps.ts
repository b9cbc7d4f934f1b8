// Chinese words for the steps that the engine takes.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

export const engineSteps: Catalogue['label']['engineSteps'] = {
  plain: {
    'Propose masks': '提出掩膜',
    'Apply thresholds': '应用阈值',
    'Import annotations': '导入标注',
    'Note on the image': '图像备注',
    'The file was replaced': '文件已被替换',
  },
  named: {
    'Clean up': (name) => `清理 ${name}`,
    Propagate: (name) => `传播 ${name}`,
    'Change fields of': (name) => `更改 ${name} 的字段`,
    'Set the tag': (name) => `设置标签 ${name}`,
    'Remove the tag': (name) => `移除标签 ${name}`,
    'Delete class': (name) => `删除类别 ${name}`,
  },
  counted: {
    'Delete label': (n) => `删除 ${count(n)} 个标注`,
    'Set tag': (n) => `设置 ${count(n)} 个标签`,
    'Remove tag': (n) => `移除 ${count(n)} 个标签`,
    'Delete double mask': (n) => `删除 ${count(n)} 个重复掩膜`,
    'Accept proposal': (n) => `接受 ${count(n)} 条建议`,
    'Reject proposal': (n) => `拒绝 ${count(n)} 条建议`,
    'Change the class of proposal': (n) => `更改 ${count(n)} 条建议的类别`,
  },
  merged: (name, into) => `将类别 ${name} 并入 ${into}`,
};
