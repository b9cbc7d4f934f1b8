// Spanish: the terms of the window, and words that are the same as in English.
import type { Glossary } from '../glossary.ts';

export const spanish: Glossary = {
  terms: {
    'proposals?': /propuesta/iu,
    accepted: /acept/iu,
    doubtful: /dudos/iu,
    // The program's own name stays.
    salience: /[Ss]aliencia|Salience/u,
    pass: /pasada/iu,
    match: /coincidencia/iu,
    margin: /margen/iu,
    'masks?': /máscara/iu,
    evidence: /evidencia/iu,
    review: /revis/iu,
    'model pack|pack': /paquete/iu,
  },
  same: ['error', 'zoom', 'gamma', 'auto', 'total', 'no'],
};
