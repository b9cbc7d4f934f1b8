// Japanese: the terms of the window, and words that are the same as in English.
import type { Glossary } from '../glossary.ts';

export const japanese: Glossary = {
  terms: {
    'proposals?': /提案|候補/iu,
    accepted: /承認|採用/iu,
    doubtful: /要確認|不確か|疑わ/iu,
    // The program keeps its name.
    salience: /サリエンシー|顕著|Salience/u,
    pass: /パス/iu,
    match: /一致/iu,
    margin: /マージン|差/iu,
    'masks?': /マスク/iu,
    evidence: /根拠/iu,
    review: /レビュー|確認/iu,
    'model pack|pack': /パック/iu,
  },
  same: ['report.csv', 'statistics.csv', 'ミリ秒'],
};
