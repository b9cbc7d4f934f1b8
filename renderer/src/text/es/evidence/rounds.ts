// Spanish sentences of the rounds before a judge.
import type { Catalogue } from '../../languages/catalogue.ts';
import { counted } from '../../plural.ts';

const asked = (n: number, bare: boolean) =>
  `${counted(n, 'clase', 'clases')}, ${bare ? 'nombres solos' : '«a clean origami …»'}`;

export const rounds: Catalogue['evidence']['rounds'] = {
  view: 'Rondas',
  intro: 'Cada ronda pregunta a un juez qué ve, y descarta lo que no ve.',
  title: 'Clases por rondas: mapa, imagen para el juez, puntuación',
  taking: asked,
  takingStuff: (n, bare) => `materia: ${asked(n, bare)}`,
  stuffNote: 'La materia se pregunta detrás de las cosas, que cuentan como sus palabras de fondo.',
  nobody: 'nadie descartado: el bucle termina',
  kept: 'conservada',
  dropped: 'descartada',
  cell: (name, round, value, kept) =>
    `${name}, ronda ${round}: ${value}, ${kept ? 'conservada' : 'descartada'}`,
  detail: (name, round) => `${name} en la ronda ${round}`,
  picture: 'Imagen de la indicación',
  at: (name, round) => `${name}, ronda ${round}`,
  pictureOf: (name, round) =>
    `Lo que se mostró al juez de ${name} en la ronda ${round}; el cuadrado discontinuo es lo que vio`,
  saw: 'Qué vio el juez',
  sawNote: 'fila: imagen, columna: nombre; puntuación propia en la diagonal',
  noMatrix: 'Esta ejecución es anterior a la tabla. Ejecute la imagen otra vez para verla.',
  whyTitle: (name) => `¿Por qué se descartó ${name}?`,
  whyKeptTitle: (name) => `¿Por qué se conservó ${name}?`,
  why: (name, seen, own, needed) =>
    seen.name === null
      ? `El juez vio ${name} en su propia imagen con solo ${own}; hacía falta ${needed}.`
      : `En la imagen para ${name} el juez vio ${seen.name}, ${seen.score}. Para ${name}: ${own}, no más de ${needed}.`,
  whyKept: (name, own, needed) =>
    `El juez vio ${name} en su propia imagen: ${own}, más de ${needed}.`,
  whyBest: (name, own, needed) =>
    `${name} se queda con ${own}, no más de ${needed}: es la mejor de una ronda que habría descartado a todas, o no debe descartarse nunca.`,
  keepAnyway: (name) => `Conservar ${name} igualmente`,
  keepNote:
    'Este proyecto no vuelve a descartarla, y la imagen se ejecuta de nuevo. Las máscaras aceptadas se quedan.',
};
