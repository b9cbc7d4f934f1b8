// The help pages in Chinese.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';
import { clicks, engines, salience } from './method.ts';
import { batch, classes, files, tour } from './work.ts';
import { words } from './words.ts';

export const help: Catalogue['help'] = {
  title: '帮助',
  pages: '帮助页面',
  find: '在帮助中查找',
  local: '这里的一切都在此计算机上。不从网络获取任何内容。',
  back: '返回图像',
  backElsewhere: '返回',
  start: '从示例开始',
  showMe: '带我看',
  keysOf: (screen) => `${screen}界面的按键`,
  allKeys: '所有按键，更改按键',
  nothing: (typed) => `没有关于“${typed}”的内容。`,
  devices: '模型和设备',
  hasDeviceTest: '中有设备测试。',
  found: (n) => `${count(n)} 处`,
  aboutWord: (word) => `“${word}”的含义`,
  topics: {
    tour,
    salience,
    clicks,
    engines,
    classes,
    batch,
    files,
    words,
    keys: {
      title: '所有按键',
      lead: '当前的按键分配。熟悉 labelme 或 CVAT 的用户可在“设置”的“快捷键”中选择预设。',
      sections: {},
    },
  },
};
