// German: the terms of the window, and words that are the same as in English.
import type { Glossary } from '../glossary.ts';

export const german: Glossary = {
  terms: {
    'proposals?': /Vorschl[aä]g/iu,
    accepted: /angenommen|annehm/iu,
    doubtful: /unsicher/iu,
    /** The program keeps its name. */
    salience: /Salienz|salienz|Salience/u,
    pass: /Durchg[aä]ng/iu,
    /** Heads of narrow columns shorten it. */
    match: /[ÜU]bereinst(?:immung|\.)/iu,
    margin: /Vorsprung/iu,
    'masks?': /Maske/iu,
    evidence: /Beleg/iu,
    review: /Pr[üu]f|geprüft|prüf/iu,
    'model pack|pack': /[Mm]odellpaket|Paket/iu,
  },
  same: [
    'Status',
    'Zoom',
    'Gamma',
    'Detail',
    'Ellipse',
    'Prompt',
    'Name',
    'Hand',
    'Polygon',
    'Patch',
    'Auto',
    'Format',
    'Benchmark',
    'Standard',
    'in',
    'Download',
    'Threads',
    'System',
    'Median',
  ],
};
