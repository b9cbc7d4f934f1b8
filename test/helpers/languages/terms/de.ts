// German: the terms of the window, and words that are the same as in English.
import type { Glossary } from '../glossary.ts';

export const german: Glossary = {
  terms: {
    'proposals?': /Vorschl[aä]g/iu,
    accepted: /angenommen|annehm/iu,
    doubtful: /unsicher/iu,
    salience: /Salienz/iu,
    pass: /Durchg[aä]ng/iu,
    match: /[ÜU]bereinstimmung/iu,
    margin: /Vorsprung/iu,
    'masks?': /Maske/iu,
    evidence: /Beleg/iu,
    review: /Pr[üu]f|geprüft|prüf/iu,
    'model pack|pack': /[Mm]odellpaket|Paket/iu,
  },
  same: [],
};
