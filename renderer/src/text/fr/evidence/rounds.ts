// French sentences of the rounds before a judge.
import type { Catalogue } from '../../languages/catalogue.ts';
import { counted } from '../../plural.ts';

const asked = (n: number, bare: boolean) =>
  `${counted(n, 'classe', 'classes')}, ${bare ? 'noms seuls' : '« a clean origami … »'}`;

export const rounds: Catalogue['evidence']['rounds'] = {
  view: 'Tours',
  intro: 'À chaque tour, un juge dit ce qu’il voit ; ce qu’il ne voit pas est écarté.',
  title: 'Classes par tours : carte, image pour le juge, note',
  taking: asked,
  takingStuff: (n, bare) => `matière : ${asked(n, bare)}`,
  stuffNote: 'La matière est demandée derrière les choses, qui comptent comme ses mots du fond.',
  nobody: 'personne n’est écarté : la boucle finit',
  kept: 'gardée',
  dropped: 'écartée',
  cell: (name, round, value, kept) =>
    `${name}, tour ${round} : ${value}, ${kept ? 'gardée' : 'écartée'}`,
  detail: (name, round) => `${name} au tour ${round}`,
  picture: 'Image pour le juge',
  at: (name, round) => `${name}, tour ${round}`,
  pictureOf: (name, round) =>
    `Ce que le juge a reçu de ${name} au tour ${round} ; le carré en tirets est ce qu’il a vu`,
  saw: 'Ce que le juge a vu',
  sawNote: 'rangée : image, colonne : nom ; sa propre note sur la diagonale',
  noMatrix: 'Ce lancement est plus ancien que le tableau. Relancez l’image pour le voir.',
  whyTitle: (name) => `Pourquoi ${name} a-t-elle été écartée ?`,
  whyKeptTitle: (name) => `Pourquoi ${name} a-t-elle été gardée ?`,
  why: (name, seen, own, needed) =>
    seen.name === null
      ? `Le juge n’a vu ${name} dans sa propre image qu’à ${own} ; il fallait ${needed}.`
      : `Dans l’image de ${name}, le juge a vu ${seen.name}, ${seen.score}. Pour ${name} même : ${own}, pas au-dessus de ${needed}.`,
  whyKept: (name, own, needed) =>
    `Le juge a vu ${name} dans sa propre image : ${own}, au-dessus de ${needed}.`,
  whyBest: (name, own, needed) =>
    `${name} reste avec ${own}, pas au-dessus de ${needed} : c’est la meilleure d’un tour qui aurait écarté tout le monde, ou elle ne doit jamais être écartée.`,
  keepAnyway: (name) => `Garder ${name} quand même`,
  keepNote:
    'Ce projet ne l’écarte plus jamais, et l’image est relancée. Les masques acceptés restent.',
};
