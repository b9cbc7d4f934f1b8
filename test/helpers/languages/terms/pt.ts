// Portuguese (Brazil): the terms of the window, and words that are the same as in English.
import type { Glossary } from '../glossary.ts';

export const portuguese: Glossary = {
  terms: {
    'proposals?': /proposta/iu,
    accepted: /aceit/iu,
    doubtful: /duvidos/iu,
    // The program's own name stays.
    salience: /[Ss]aliência|Salience/u,
    pass: /passada/iu,
    match: /correspondência/iu,
    margin: /margem/iu,
    'masks?': /máscara/iu,
    evidence: /evidência/iu,
    review: /revis/iu,
    'model pack|pack': /pacote/iu,
  },
  same: [
    ...['classes', 'pixels', 'pixel', 'status', 'Total', 'Prompt', 'Zoom', 'Auto', 'Cache'],
    ...['Download', 'Threads', 'Benchmark', 'classes a clean origami'],
  ],
};
