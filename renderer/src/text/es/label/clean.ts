// Spanish sentences of cleaning up masks.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, fixed, percent } from '../../plural.ts';

const masks = (n: number) => counted(n, 'máscara', 'máscaras');
const px = (value: number) => `${count(value)} px`;

export const clean: Catalogue['clean'] = {
  title: 'Limpiar',
  titleOf: (name) => `Limpiar ${name}`,
  close: 'Cerrar limpieza',
  scope: 'Qué máscaras',
  scopes: {
    selection: (n) => `Selección, ${count(n)}`,
    image: (n) => `Esta imagen, ${count(n)}`,
    class: 'Todas las imágenes',
  },
  working: 'en curso',
  stop: 'Detener',
  grid: 'Máscaras que cambian',
  gridHead: (changed, all, images) =>
    `Cambian ${count(changed)} de ${masks(all)} en ${counted(images, 'imagen', 'imágenes')}.`,
  mostShown: (n) => ` Se muestran los ${count(n)} cambios mayores.`,
  order: 'Orden',
  orders: { change: 'Mayor cambio', name: 'Nombre de imagen', class: 'Clase' },
  tile: (name, added, removed) =>
    `${name}, −${px(removed)}, +${px(added)}; pulse para dejarla como está`,
  otherTile: (category, image) => `${category}, ${image}`,
  leaveIt: 'Pulse para dejar esta como está. Q pulsada: la fotografía.',
  left: 'se deja como está',
  legend: 'Colores',
  takenAway: 'quitado',
  added: 'añadido',
  islands: 'Quitar islas menores de',
  islandsDid: (n, of) => `${counted(n, 'isla', 'islas')} en ${masks(of)}`,
  holes: 'Rellenar huecos menores de',
  holesDid: (n, of) => `${counted(n, 'hueco', 'huecos')} en ${masks(of)}`,
  smooth: 'Suavizar',
  smoothHint: 'se van picos y muescas más estrechos que el doble',
  grow: 'Ampliar o reducir',
  growHint: '0 deja el tamaño',
  simplify: 'Simplificar',
  simplifyHint: 'menos vértices importan en formatos de polígonos',
  simplifyDid: (before, after, error) =>
    `${count(before)} → ${count(after)} vértices, como máximo a ${fixed(error, 1)} px`,
  overlap: 'Solapamiento con otras máscaras',
  overlaps: { keep: 'Dejar', order: 'Por orden', salience: 'Por saliencia' },
  overlapHint: 'los píxeles comunes quedan en ambas',
  overlapsFound: (n) =>
    n === 0 ? 'sin solapamientos' : counted(n, 'solapamiento', 'solapamientos'),
  overlapsHeld: (n) => `${count(n)} quedan: la otra máscara está bloqueada o aceptada`,
  overlapsUnsalient: (n) =>
    `${count(n)} quedan: no hay saliencia guardada de ambas clases. Ejecute la imagen con las dos.`,
  off: 'no',
  spoken: (value) => (value === 0 ? 'no' : `${value} píxeles`),
  changes: 'Máscaras que cambian',
  changesOf: (n, all) => `${count(n)} de ${count(all)}`,
  others: 'Otras que ceden píxeles',
  pixels: 'Píxeles',
  pixelsOf: (added, removed) => `−${px(removed)}, +${px(added)}`,
  area: 'Área media',
  areaBy: (share) =>
    share === 0 ? 'como antes' : `${share > 0 ? '+' : '−'}${percent(Math.abs(share), 1)}`,
  acceptedAmong: 'Aceptadas entre ellas',
  locked: 'Bloqueadas, se dejan como están',
  vanish: (n) => `${counted(n, 'máscara perdería', 'máscaras perderían')} el último píxel.`,
  keepThem: 'Dejarlas como están',
  deleteThem: 'Eliminarlas',
  accepted: 'También máscaras aceptadas',
  oneStep: 'un solo paso que deshacer',
  clean: (n) => `Limpiar ${masks(n)}`,
  reset: 'Restablecer',
  nothing: 'Con estos valores no cambia nada.',
  allOff: 'Mueva un control o elija quién conserva los píxeles comunes para ver qué haría.',
  noMasks: 'Seleccione máscaras, o limpie todas las de una clase en esta imagen.',
  cleaned: (n, name) =>
    `${masks(n)}${name === null ? '' : ` de ${name}`} ${n === 1 ? 'limpiada' : 'limpiadas'}`,
  undo: 'Deshacer',
  history: (name, n) => (n === 1 ? `Limpiar ${name}` : `Limpiar ${masks(n)}`),
};
