// Spanish sentences of the import and export dialogs.
import type { Catalogue } from '../languages/catalogue.ts';
import { count, counted } from '../plural.ts';
import { formats } from './exchange/formats.ts';
import { importing } from './exchange/importing.ts';
import { warnings } from './exchange/warnings.ts';

export const exchange: Catalogue['exchange'] = {
  exportTitle: 'Exportar',
  doneTitle: 'Exportado y releído',
  format: 'Formato',
  formats,
  warnings,
  importing,
  which: 'Imágenes',
  all: 'Todas las imágenes',
  reviewed: 'Solo revisadas',
  picked: (n) => counted(n, 'imagen seleccionada', 'imágenes seleccionadas'),
  proposals: 'También propuestas',
  proposalsHint: 'No: solo máscaras aceptadas.',
  classes: 'Clases',
  noClass: 'Elija al menos una clase.',
  split: 'Separar para validación',
  fileName: 'Nombre del archivo',
  target: 'Carpeta',
  targetDefault: 'Junto a las imágenes',
  choose: 'Elegir',
  start: 'Exportar',
  next: 'Siguiente',
  back: 'Atrás',
  checkTitle: 'Exportación, 2 de 2: comprobación',
  checkFirst: 'Revisar antes las máscaras',
  startN: (masks) => `Exportar ${counted(masks, 'máscara', 'máscaras')}`,
  startWithout: (n) => `Exportar sin ${counted(n, 'imagen', 'imágenes')}`,
  running: 'Escribiendo y releyendo',
  writing: (done, of) => `Escribiendo ${count(done)} de ${count(of)}`,
  readingBack: (done, of) => `Releyendo ${count(done)} de ${count(of)}`,
  differs: (images, name) =>
    images === 1
      ? `${name} se relee distinto. El archivo no se conservó.`
      : `${name} y ${counted(images - 1, 'imagen más se releen', 'imágenes más se releen')} distinto. El archivo no se conservó.`,
  figures: {
    images: (n) => (n === 1 ? 'imagen' : 'imágenes'),
    masks: (n) => (n === 1 ? 'máscara, igual' : 'máscaras, todas iguales'),
    classes: (n) => (n === 1 ? 'clase' : 'clases'),
    files: (n) => (n === 1 ? 'un archivo' : counted(n, 'archivo', 'archivos')),
  },
  openReport: 'Abrir informe',
  reportTitle: 'Informe de la exportación',
  reported: (n) =>
    `${counted(n, 'observación', 'observaciones')} de la comprobación, en el informe:`,
  showIt: 'Mostrarlo',
  isThere: (name, when) => `${name} ya existe (${when}).`,
  replace: 'Reemplazar',
  keepBoth: 'Conservar ambos',
  anotherFormat: 'Otro formato',
  backTo: 'Volver a exportar',
  copyPath: 'Copiar ruta',
  showInFolder: 'Mostrar en la carpeta',
  checks: {
    looking: 'Repasando las máscaras',
    head: (masks, images) =>
      `${counted(masks, 'máscara', 'máscaras')} en ${counted(images, 'imagen', 'imágenes')}.`,
    nothing: 'Nada llama la atención.',
    proposalsOut: (n) =>
      `${counted(n, 'propuesta', 'propuestas')} sin incluir. Acéptelas, o vuelva y actívelas.`,
    classesOut: (n) =>
      `${counted(n, 'máscara', 'máscaras')} de otras clases sin incluir, como se pidió.`,
    unreviewedOut: (n) =>
      `${counted(n, 'imagen sin revisar', 'imágenes sin revisar')} sin incluir, como se pidió.`,
    doNotStop: 'Esto no impide exportar y se anota en el informe.',
    stopped: 'Lo marcado en rojo impide exportar: así no se puede escribir el formato.',
    skips: (n) =>
      `Lo marcado en rojo no se puede escribir en este formato. ${counted(n, 'imagen quedaría sin incluir y se nombraría', 'imágenes quedarían sin incluir y se nombrarían')} en el informe.`,
    skipped: (n) =>
      `${counted(n, 'imagen', 'imágenes')} sin incluir porque el formato no las admite, como se pidió.`,
    otherFormat: 'Otro formato',
    to: 'En',
    show: (n) => `Mostrar ${count(n)}`,
    showFirst: (n) => `Mostrar los ${count(n)} primeros`,
    decide: (n) => `Decidir ${count(n)}`,
    fillIn: 'Rellenar',
    keepOne: 'Dejar una de cada',
    nothingToDo: 'nada que hacer',
    kept: (masks, images) =>
      `${counted(masks, 'máscara eliminada', 'máscaras eliminadas')} en ${counted(images, 'imagen', 'imágenes')}.`,
    onlyLocked: 'Las máscaras bloqueadas se quedan: no se eliminó nada.',
    grades: {
      stop: 'Impide exportar',
      warn: 'Aviso',
      question: 'Pregunta',
      info: 'Nota',
      fine: 'En orden',
    },
    rules: {
      classes: 'Más clases de las que caben',
      crowded: 'Más objetos de los que caben en una imagen',
      nameless: 'Sin nombre para un archivo',
      sharedFile: 'Dos imágenes, un archivo',
      missing: 'Imágenes ausentes o dañadas',
      tiny: 'Máscaras diminutas',
      overlap: 'Solapes de dos clases',
      twice: 'La misma máscara dos veces',
      undecided: 'Sin decidir en revisadas',
      unsaid: 'Sin un campo necesario',
      border: 'Tocan el borde',
      files: 'Archivos',
    },
    hints: {
      classes: 'el formato no tiene número para todas',
      crowded: 'el formato no tiene sitio para todos',
      nameless: 'no hay nada antes del primer punto del nombre de la imagen',
      sharedFile: 'nombres que solo difieren en la extensión; cambie el nombre de una imagen',
      missing: 'sus archivos no se pueden leer',
      tiny: 'menos de 16 px, a menudo deslices del pincel',
      overlap: 'más del 20\u202f% de la menor',
      twice: 'una clase, casi los mismos píxeles',
      undecided: 'propuestas que nadie decidió',
      unsaid: 'objetos sin lo que pide su clase',
      border: 'cosas cortadas',
      files: 'todas las imágenes están',
    },
  },
  importTitle: 'Importar anotaciones',
  source:
    'Un archivo COCO, CVAT, Label Studio o VIA, o una carpeta de labelme, YOLO, Supervisely, Pascal VOC o máscaras PNG',
  chooseFile: 'Elegir archivo',
  chooseLabels: 'Elegir carpeta',
  chosenFile: 'El archivo elegido',
  chosenFolder: 'La carpeta elegida',
  asAccepted: 'Como máscaras aceptadas',
  asProposals: 'Como propuestas',
  asProposalsHint: 'usted decide después',
  found: (format, images, masks, classes) =>
    `${format}: ${counted(images, 'imagen', 'imágenes')}, ${counted(masks, 'máscara', 'máscaras')}, ${counted(classes, 'clase', 'clases')}.`,
  imported: (images, masks) =>
    `Importadas: ${counted(images, 'imagen', 'imágenes')} y ${counted(masks, 'máscara', 'máscaras')}.`,
  problems: (n) => `${counted(n, 'entrada omitida', 'entradas omitidas')}:`,
  changes: 'Leído con un cambio:',
  skip: 'Omitir entradas defectuosas',
  turnAlong: 'Girar también las anotaciones: se hicieron sobre las imágenes como están guardadas',
  importNow: 'Importar',
  moreProblems: (n) => `y ${count(n)} más`,
};
