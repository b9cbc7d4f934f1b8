// French words about engines side by side.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, listed } from '../../plural.ts';

export const compare: Catalogue['models']['compare'] = {
  title: (image) => `Comparer les moteurs sur ${image}`,
  inUse: 'Utilisé',
  missing: 'Son modèle n’est pas encore là.',
  get: 'L’obtenir',
  running: 'En cours',
  waiting: 'Attend le précédent',
  stop: 'Arrêter',
  stopped: 'Arrêté',
  run: 'Lancer',
  why: 'Pourquoi',
  masks: 'Masques',
  doubtful: 'Douteux',
  agreement: 'Accord',
  keep: 'Garder celui-ci',
  use: 'Utiliser celui-ci',
  taken: (name) => `${name} est utilisé, et ses masques sont les propositions ici.`,
  absent: (names) =>
    names.length > 3
      ? `a écarté ${listed(names.slice(0, 3))} et ${count(names.length - 3)} de plus`
      : `a écarté ${listed(names)}`,
  where: 'Où ils s’accordent',
  map: (name) => `${name} : plus c’est foncé, plus de moteurs l’ont peint`,
  mapNote: 'Plus la couleur est forte, plus de moteurs l’ont peint.',
  table: 'Accord par classe',
  tableNote: 'recouvrement des masques, 1 est égal',
  class: 'Classe',
  all: 'Toutes',
  pair: (a, b) => `${a}, ${b}`,
  notFound: 'non trouvée',
  nothing: 'Aucun moteur n’a trouvé ces classes.',
  what: 'Que prendre',
  agreed: (names) =>
    names.length === 0
      ? 'Il n’y a aucune classe sur laquelle tous s’accordent à ce point.'
      : `Tous les moteurs s’accordent sur ${listed(names)}.`,
  from: 'Où tous s’accordent à au moins',
  takeAgreed: 'Prendre ce qui fait accord',
  agreedStep: 'Prendre ce qui fait accord',
  agreedTaken: (n) =>
    `${counted(n, 'classe qui fait accord est maintenant une proposition', 'classes qui font accord sont maintenant des propositions')}.`,
  agreedNote:
    'Comme le moteur utilisé les a tracées, en une étape. Les autres classes restent telles quelles.',
  note: 'L’accord n’est pas la vérité : des moteurs peuvent se tromper ensemble. Rien ne change avant votre choix ; les masques acceptés ne changent jamais.',
  shows: 'Ce que montrent les images',
  showing: { masks: 'Masques', salience: 'Saillance', difference: 'Différence' },
  together: 'Déplacer ensemble',
  shownNote: {
    salience: 'Plus c’est clair, plus le moteur y a regardé.',
    difference: 'Plein : ce moteur seul l’a peint. Rayé : d’autres seulement.',
  },
  picture: (name) =>
    `Image de ${name}. Plus et moins agrandissent et réduisent, 0 montre tout, les flèches déplacent.`,
  noMap: 'Pas de carte de cette classe ici.',
  six: {
    try: 'Essayer sur 6 images',
    title: (n) => `Sur ${count(n)} images`,
    starting: 'Démarrage',
    stop: 'Arrêter',
    engine: 'Moteur',
    masks: (masks, doubtful) =>
      `${counted(masks, 'masque', 'masques')}, ${count(doubtful)} douteux`,
    agreement: (value) => `accord ${value}`,
    time: (time) => `${time} par image`,
    found: (n) => `${counted(n, 'masque', 'masques')}`,
    waiting: 'En attente',
    note: (n) =>
      `Les mêmes classes sur ${n} images réparties dans le projet. Rien n’est écrit ; ce qui a déjà été demandé ne l’est pas à nouveau.`,
  },
  open: 'Comparer sur cette image',
};
