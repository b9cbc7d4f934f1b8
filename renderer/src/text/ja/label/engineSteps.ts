// Japanese words for the steps that the engine takes.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

export const engineSteps: Catalogue['label']['engineSteps'] = {
  plain: {
    'Propose masks': 'マスクを提案',
    'Apply thresholds': 'しきい値を適用',
    'Import annotations': 'ラベルを読み込む',
    'Note on the image': '画像のメモ',
    'The file was replaced': 'ファイルが置き換えられました',
  },
  named: {
    'Clean up': (name) => `${name} を整える`,
    Propagate: (name) => `${name} を伝播`,
    'Change fields of': (name) => `${name} の項目を変更`,
    'Set the tag': (name) => `タグ ${name} を設定`,
    'Remove the tag': (name) => `タグ ${name} を外す`,
    'Delete class': (name) => `クラス ${name} を削除`,
  },
  counted: {
    'Delete label': (n) => `${count(n)} 個のラベルを削除`,
    'Set tag': (n) => `${count(n)} 個のタグを設定`,
    'Remove tag': (n) => `${count(n)} 個のタグを外す`,
    'Delete double mask': (n) => `重複した ${count(n)} 個のマスクを削除`,
    'Accept proposal': (n) => `${count(n)} 件の提案を承認`,
    'Reject proposal': (n) => `${count(n)} 件の提案を却下`,
    'Change the class of proposal': (n) => `${count(n)} 件の提案のクラスを変更`,
  },
  merged: (name, into) => `クラス ${name} を ${into} に統合`,
};
