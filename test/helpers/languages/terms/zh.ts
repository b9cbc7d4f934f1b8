// Chinese (simplified): the terms of the window, and words that are the same as in English.
import type { Glossary } from '../glossary.ts';

export const chinese: Glossary = {
  terms: {
    'proposals?': /建议/iu,
    accepted: /接受/iu,
    doubtful: /存疑/iu,
    /** The program keeps its name. */
    salience: /显著|Salience/u,
    pass: /遍/iu,
    match: /匹配/iu,
    margin: /领先/iu,
    'masks?': /掩膜/iu,
    evidence: /依据/iu,
    review: /复核/iu,
    'model pack|pack': /模型包|包/iu,
  },
  same: ['report.csv', 'statistics.csv', '毫秒'],
};
