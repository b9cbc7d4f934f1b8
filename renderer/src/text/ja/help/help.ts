// The help pages in Japanese, under the same names as in English.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';
import { clicks, engines, salience } from './method.ts';
import { words } from './words.ts';
import { batch, classes, files, tour } from './work.ts';

export const help: Catalogue['help'] = {
  title: 'ヘルプ',
  pages: 'ヘルプのページ',
  find: 'ヘルプ内を検索',
  local: '内容はすべてこのコンピューターにあります。外部から何も取得しません。',
  back: '画像に戻る',
  backElsewhere: '戻る',
  start: 'サンプルで始める',
  showMe: '見てみる',
  keysOf: (screen) => `「${screen}」画面のキー`,
  allKeys: 'すべてのキー、キーを変更',
  nothing: (typed) => `「${typed}」は見つかりません。`,
  devices: 'モデルとデバイス',
  hasDeviceTest: 'にデバイスのテストがあります。',
  found: (places) => `${count(places)} か所`,
  aboutWord: (word) => `「${word}」の意味`,
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
      title: 'すべてのキー',
      lead: '現在の割り当てです。labelme や CVAT に慣れた方向けのプリセットは、「設定」の「ショートカット」にあります。',
      sections: {},
    },
  },
};
