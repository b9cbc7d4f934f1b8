// French: the terms of the window, and words that are the same as in English.
import type { Glossary } from '../glossary.ts';

export const french: Glossary = {
  terms: {
    'proposals?': /proposition/iu,
    accepted: /accept/iu,
    doubtful: /douteu|incertain/iu,
    // The program's own name stays.
    salience: /[Ss]aillance|Salience/u,
    pass: /passe/iu,
    match: /correspondance/iu,
    margin: /marge/iu,
    'masks?': /masque/iu,
    evidence: /preuve|indice/iu,
    review: /relecture|relire|relu|révis|revue/iu,
    'model pack|pack': /paquet|pack/iu,
  },
  same: [
    ...['images', 'image', 'classes', 'points', 'point', 'pixels', 'passes', 'photo', 'Total'],
    ...['Notifications', 'Export', 'Zoom', 'Gamma', 'Rectangle', 'Ellipse', 'Auto', 'Distance'],
    ...[
      'Format',
      'Fine passes',
      'Pause',
      'Note',
      'Minimum',
      'Maximum',
      'Licence',
      'classes a clean origami',
    ],
  ],
};
