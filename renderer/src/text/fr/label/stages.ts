// French words for the stages of what runs.
import type { Catalogue } from '../../languages/catalogue.ts';

export const stages: Catalogue['label']['prompt']['stages'] = {
  heads: {
    'Read image': 'Lecture de l’image',
    'Read images': 'Lecture des images',
    Encode: 'Encodage',
    Words: 'Mots',
    Match: 'Correspondance',
    Pass: 'Passe',
    Maps: 'Cartes',
    Edges: 'Contours',
    Device: 'Appareil',
    'Similar pixels': 'Pixels semblables',
    Image: 'Cette image',
    'Look at masks': 'Examen des masques',
    'Judge without it': 'Jugement sans elle',
    'Run the model': 'Exécution du modèle',
    'Look at open images': 'Examen des images ouvertes',
    'Look at edges': 'Examen des contours',
    'Check at full size': 'Vérification en pleine taille',
    'Compare settings': 'Comparaison des réglages',
    'Make masks': 'Création des masques',
    'Make masks anew': 'Nouvelle création des masques',
    'Compare masks': 'Comparaison des masques',
  },
  of: (head, n, of) => `${head} ${n} sur ${of}`,
  imageOf: (head, n, of) => `${head}, image ${n} sur ${of}`,
  layer: (n) => `Couche ${n}`,
  round: (n, words) => `Tour ${n}, ${words}`,
};
