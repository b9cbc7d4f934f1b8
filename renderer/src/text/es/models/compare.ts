// Spanish words about engines side by side.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, listed } from '../../plural.ts';

export const compare: Catalogue['models']['compare'] = {
  title: (image) => `Comparar motores en ${image}`,
  inUse: 'En uso',
  missing: 'Su modelo aún no está aquí.',
  get: 'Obtenerlo',
  running: 'En curso',
  waiting: 'Espera al anterior',
  stop: 'Detener',
  stopped: 'Detenido',
  run: 'Ejecutar',
  masks: 'Máscaras',
  doubtful: 'Dudosas',
  agreement: 'Acuerdo',
  keep: 'Conservar este',
  use: 'Usar este',
  why: 'Por qué',
  taken: (name) => `${name} está en uso, y sus máscaras son aquí las propuestas.`,
  absent: (names) =>
    names.length > 3
      ? `omitió ${listed(names.slice(0, 3))} y ${count(names.length - 3)} más`
      : `omitió ${listed(names)}`,
  where: 'Dónde están de acuerdo',
  map: (name) => `${name}: cuanto más oscuro, más motores lo pintaron`,
  mapNote: 'Cuanto más fuerte el color, más motores lo pintaron.',
  table: 'Acuerdo por clase',
  tableNote: 'solapamiento de las máscaras, 1 es igual',
  class: 'Clase',
  all: 'Todos',
  pair: (a, b) => `${a}, ${b}`,
  notFound: 'no hallada',
  nothing: 'Ningún motor halló ninguna de estas clases.',
  what: 'Qué tomar',
  agreed: (names) =>
    names.length === 0
      ? 'No hay ninguna clase en la que todos los motores estén tan de acuerdo.'
      : `Todos los motores están de acuerdo en ${listed(names)}.`,
  from: 'Donde todos coinciden al menos en',
  takeAgreed: 'Tomar lo acordado por todos',
  agreedStep: 'Tomar lo acordado por los motores',
  agreedTaken: (n) =>
    `${counted(n, 'clase acordada por todos los motores es ahora una propuesta', 'clases acordadas por todos los motores son ahora propuestas')}.`,
  agreedNote:
    'Como las trazó el motor en uso, en un solo paso. Las demás clases quedan como están.',
  note: 'Acuerdo no es verdad: los motores pueden errar igual. Nada cambia antes de que tome uno; las máscaras aceptadas nunca cambian.',
  shows: 'Qué muestran las imágenes',
  showing: { masks: 'Máscaras', salience: 'Saliencia', difference: 'Diferencia' },
  together: 'Mover juntas',
  shownNote: {
    salience: 'Cuanto más claro, más miró allí el motor.',
    difference: 'Relleno: solo este motor lo pintó. Rayado: solo otros.',
  },
  picture: (name) =>
    `Imagen de ${name}. Más y menos amplían y reducen, 0 muestra todo, las flechas mueven.`,
  noMap: 'Aquí no hay mapa de esta clase.',
  six: {
    try: 'Probar en 6 imágenes',
    title: (n) => `En ${count(n)} imágenes`,
    starting: 'Iniciando',
    stop: 'Detener',
    engine: 'Motor',
    masks: (masks, doubtful) =>
      `${counted(masks, 'máscara', 'máscaras')}, ${count(doubtful)} dudosas`,
    agreement: (value) => `acuerdo ${value}`,
    time: (time) => `${time} por imagen`,
    found: (n) => `${counted(n, 'máscara', 'máscaras')}`,
    waiting: 'Espera',
    note: (n) =>
      `Las mismas clases en ${n} imágenes repartidas por el proyecto. No se escribe nada; lo ya preguntado no se pregunta otra vez.`,
  },
  open: 'Comparar en esta imagen',
};
