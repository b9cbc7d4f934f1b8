// Spanish sentences about settings learned from corrections.
import type { EdgeOffer } from '../../../../../electron/api/corrections/corrections.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, duration, listed, percent } from '../../plural.ts';

const images = (n: number) => counted(n, 'imagen terminada', 'imágenes terminadas');
const px = ({ pixels }: EdgeOffer) => `${count(Math.abs(pixels))} px`;
const drawn = ({ kind }: EdgeOffer) => (kind === 'thing' ? 'las cosas' : 'la materia');

export const corrections: Catalogue['tune']['corrections'] = {
  title: 'Aprender de correcciones',
  intro:
    'Prueba ajustes de máscaras en los mapas guardados de las imágenes que terminó. El modelo no se ejecuta, y nada cambia sin que usted lo diga.',
  compare: 'Comparar ajustes',
  again: 'Comparar de nuevo',
  harder: 'Buscar más a fondo',
  harderHint: 'Exige menos de cada cambio. Lo que halla es menos seguro.',
  stop: 'Detener',
  starting: 'Iniciando',
  background: 'Se comparan ajustes en segundo plano.',
  few: (n) => `Termine ${counted(n, 'imagen más', 'imágenes más')} para comparar ajustes.`,
  none: 'Aún no se compararon ajustes.',
  offer: 'Sus correcciones sugieren otros ajustes.',
  evidence: ({ images: n, up, down, alike, now, then }) =>
    `En las ${count(n)} imágenes que terminó encajan mejor en ${count(up)}, peor en ${count(down)}, igual en ${count(alike)} (solapamiento medio ${count(Math.round(100 * now))} → ${percent(then)}, cada imagen juzgada con ajustes elegidos sin ella). Otras imágenes pueden ganar menos o nada.`,
  open: ({ changed, images: n, looked }) =>
    looked < n
      ? `Cambiarían ${count(changed)} de ${count(looked)} imágenes abiertas que se miraron.`
      : `Cambiarían ${count(changed)} de ${counted(n, 'imagen abierta', 'imágenes abiertas')}.`,
  mustRun: (n, of) =>
    `${count(n)} de ${counted(of, 'imagen abierta', 'imágenes abiertas')} deben ejecutarse otra vez para cambiar.`,
  edges: (found) =>
    found.pixels > 0
      ? `Usted traza ${drawn(found)} con unos ${px(found)} más de lo propuesto`
      : `Usted traza ${drawn(found)} con unos ${px(found)} menos de lo propuesto`,
  edgeMasks: ({ up, masks }) =>
    `(${count(up)} de ${counted(masks, 'máscara corregida', 'máscaras corregidas')}).`,
  edgesUse: (found) =>
    found.pixels > 0 ? `Ampliar propuestas ${px(found)}` : `Reducir propuestas ${px(found)}`,
  show: 'Comparar',
  hide: 'Ocultar',
  use: 'Usarlos',
  notNow: 'Ahora no',
  back: 'Volver a los ajustes de antes',
  inUse: 'En uso',
  verdicts: {
    few: ({ missing }) =>
      `Termine ${counted(missing, 'imagen más', 'imágenes más')} para comparar ajustes.`,
    untouched: () => 'Cada máscara se aceptó como estaba. No hay de qué aprender.',
    doubtFirst: ({ missing }) =>
      `Terminó primero las imágenes dudosas. Termine ${count(missing)} de las otras antes de comparar.`,
    easyFirst: ({ missing }) =>
      `Terminó primero las imágenes claras. Termine ${count(missing)} de las dudosas antes de comparar.`,
    wrongMaps: () =>
      'Los mapas no muestran estas clases lo bastante bien para que los ajustes ayuden. Pruebe Afinar (capa y cabeza), otra indicación u otro paquete.',
    stay: ({ tried }) =>
      `Los ajustes en uso encajan con sus correcciones tan bien como cualquiera de los probados (${count(tried)}).`,
    unclear: ({ up, down }) =>
      `Otros ajustes parecen algo mejores en sus imágenes (${count(up)} mejor, ${count(down)} peor), pero no con claridad. Más imágenes terminadas lo dirán.`,
  },
  prepare: ({ images: n, ms }) =>
    ms > 0
      ? `Ejecutar el modelo en ${images(n)} otra vez, unos ${duration(ms)}`
      : `Ejecutar el modelo en ${images(n)} otra vez`,
  weak: (names) =>
    `Los mapas no muestran ${listed(names)} lo bastante bien para que los ajustes ayuden. Pruebe otra indicación o sinónimos.`,
  since: ({ up, down }) => `Desde entonces: ${count(up)} mejor, ${count(down)} peor.`,
  worse:
    'Las imágenes terminadas desde entonces encajan peor con estos ajustes que con los de antes.',
  details: 'Detalles',
  knob: 'Ajuste',
  now: 'Ahora',
  suggested: 'Sugerido',
  knobs: {
    things: 'Umbral de cosas',
    stuff: 'Umbral de materia',
    rule: 'Regla del umbral',
    colour: 'Ancho de color de contornos',
    reach: 'Alcance de contornos, px',
    blur: 'Desenfoque',
    temperature: 'Temperatura',
    passes: 'Pesos de las pasadas',
  },
  values: {
    constant: 'fondo de una sola altura',
    grey: 'corte por debajo',
    binary: 'todo o nada',
    now: 'como están',
    all: 'todas iguales',
    first: 'solo la primera pasada',
  },
  gain: 'Cambio medio, sin ver',
  spread: 'Su error',
  agree: 'Elecciones que concuerdan',
  tried: 'Ajustes probados',
  points: (value) => `${value < 0 ? '−' : '+'}${percent(Math.abs(value), 1)}`,
  error: (value) => `± ${percent(value, 1)}`,
  leftOut: {
    noRun: (n) => `${images(n)} sin ejecución del modelo.`,
    noMaps: (n) => `${images(n)} ya sin mapas.`,
    otherModel: (n) => `${images(n)}: con otro modelo o método.`,
    otherRun: (n) => `${images(n)}: con otras palabras, pasadas o capas.`,
    otherFile: (n) => `${images(n)}: el archivo es ahora otro, o no se puede leer.`,
    nothing: (n) => `${images(n)}: ninguna máscara aceptada de una clase preguntada.`,
    copies: (n) => `${images(n)}: igual que otra.`,
    older: (n) => `${images(n)}: deciden las más recientes.`,
  },
  pairs: 'Antes y después, lo más cambiado primero',
  pair: (name) => `${name}: propuestas ahora, y con los ajustes sugeridos`,
  before: 'Ahora',
  after: 'Sugerido',
  more: 'Mostrar más',
  noPairs: 'No cambiaría ninguna imagen abierta.',
  drawing: 'Se están creando máscaras.',
  usedToast: ({ changed, vanished }) =>
    `${counted(changed + vanished, 'propuesta cambió', 'propuestas cambiaron')}. Las máscaras aceptadas se quedan.`,
};
