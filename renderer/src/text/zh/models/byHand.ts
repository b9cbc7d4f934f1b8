// Chinese sentences about models that people fetch themselves.
import type { Catalogue } from '../../languages/catalogue.ts';

export const byHand: Catalogue['models']['byHand'] = {
  get: '如何获取',
  title: (name) => `获取 ${name}`,
  why: '此模型发布时没有校验和，因此 Salience 不会自行下载。',
  fetch: (file, size, atLeast) =>
    `1. 用浏览器从此地址下载 ${file}（${atLeast ? '至少' : '约'} ${size}）：`,
  copy: '复制地址',
  copied: '已复制地址。',
  choose: '2. 选择它所在的文件夹。读取文件时不会运行其中任何内容，并会记录其 SHA-256。',
  licence: (licence) => `许可证：${licence}。`,
  chooseFolder: '选择文件夹',
  /** A narrow column holds no more words. */
  orMore: (size) => `≥ ${size}`,
};
