// German words for the stages of what runs.
import type { Catalogue } from '../../languages/catalogue.ts';

export const stages: Catalogue['label']['prompt']['stages'] = {
  heads: {
    'Read image': 'Bild lesen',
    'Read images': 'Bilder lesen',
    Encode: 'Kodieren',
    Words: 'Wörter',
    Match: 'Übereinstimmung',
    Pass: 'Durchgang',
    Maps: 'Karten',
    Edges: 'Kanten',
    Device: 'Gerät',
    'Similar pixels': 'Ähnliche Pixel',
    Image: 'Bild',
    'Look at masks': 'Masken ansehen',
    'Judge without it': 'Ohne es beurteilen',
    'Run the model': 'Modell ausführen',
    'Look at open images': 'Offene Bilder ansehen',
    'Look at edges': 'Kanten ansehen',
    'Check at full size': 'In voller Größe prüfen',
    'Compare settings': 'Einstellungen vergleichen',
    'Make masks': 'Masken erstellen',
    'Make masks anew': 'Masken neu erstellen',
    'Compare masks': 'Masken vergleichen',
  },
  of: (head, n, of) => `${head} ${n} von ${of}`,
  imageOf: (head, n, of) => `${head}, Bild ${n} von ${of}`,
  layer: (n) => `Schicht ${n}`,
  round: (n, words) => `Runde ${n}, ${words}`,
};
