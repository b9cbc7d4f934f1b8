// Spanish: the whole catalogue.
import type { Catalogue } from './languages/catalogue.ts';
import { count, counted } from './plural.ts';
import { errors, figures, reasons } from './es/errors.ts';
import { evidence } from './es/evidence.ts';
import { exchange } from './es/exchange.ts';
import { help } from './es/help/help.ts';
import { home } from './es/home.ts';
import { jobs } from './es/jobs.ts';
import { keys } from './es/keys.ts';
import { label } from './es/label.ts';
import { clean } from './es/label/clean.ts';
import { edges } from './es/label/edges.ts';
import { filter } from './es/label/filter.ts';
import { propagate } from './es/label/propagate.ts';
import { said } from './es/label/said.ts';
import { segment } from './es/label/segment.ts';
import { models } from './es/models.ts';
import { review } from './es/review.ts';
import { settings } from './es/settings.ts';
import { statistics } from './es/statistics.ts';
import { tune } from './es/tune.ts';

export const es: Catalogue = {
  app: {
    name: 'Salience',
    version: (version) => `Salience ${version}`,
    connecting: 'Iniciando el motor',
    lost: 'Se cortó la conexión con Salience. Lo guardado está a salvo, y lo que aún no se guardó queda en esta ventana.',
    lostInBrowser:
      'Salience terminó o no responde. Lo guardado está a salvo, y lo que aún no se guardó queda en esta ventana. Si Salience sigue en marcha, vuelva a conectar; si no, inícielo y abra su nuevo enlace en otra pestaña.',
    reconnect: 'Volver a conectar',
    onlyLooks: (why) => `${why} Puede mirar, no editar.`,
    editHere: 'Editar aquí',
    asking: 'Se pide a la ventana que edita este proyecto que lo guarde y lo suelte.',
    lookOnly: 'Esta ventana solo mira: elija Editar aquí para cambiar algo.',
    displaced: (mine, other) =>
      other === null
        ? `Otra ventana cerró «${mine}». Puede mirar, no editar.`
        : `Otra ventana abrió «${other}». Puede mirar «${mine}», no editarlo.`,
    displacedHint: 'Este proyecto ya no está abierto: ábralo de nuevo para cambiar algo.',
    openAgain: (name) => `Abrir ${name} de nuevo`,
    goTo: (name) => `Ir a ${name}`,
  },
  screens: {
    home: 'Inicio',
    label: 'Anotar',
    evidence: 'Evidencia',
    review: 'Revisar',
    jobs: 'Tareas',
    tune: 'Afinar',
    statistics: 'Estadísticas',
    models: 'Modelos y dispositivos',
    settings: 'Ajustes',
    help: 'Ayuda',
  },
  empty: {
    evidence: 'Ejecute el modelo en esta imagen para ver por qué.',
  },
  topbar: {
    label: 'Proyecto y pantallas',
    projectMenu: 'Menú del proyecto',
    screens: 'Pantallas',
    search: 'Buscar acciones, imágenes y clases',
    models: 'Modelos y dispositivos',
    method: (engine, pack) => {
      const name = engine === 'naclip' ? 'Similitud' : engine === 'car' ? 'Rondas' : engine;
      return pack === null ? name : `${name}, ${pack}`;
    },
    settings: 'Ajustes',
    saved: 'Guardado',
    saving: 'Guardando',
    notSaved: 'Sin guardar',
    savedAt: (time) => `Guardado ${time}`,
    trouble: {
      kept: 'El cambio se conserva en memoria mientras esta ventana esté abierta.',
      saveCopy: 'Guardar una copia',
      giveUp: 'Renunciar a este cambio',
      givenUp: 'Se renunció al cambio. Se muestra lo guardado.',
      stuck:
        'El proyecto no admite este cambio, y nada en él ha avanzado. Reintente, guarde una copia o renuncie al cambio.',
      fileName: (image) => `${image.replace(/^.*\//, '').replace(/\.[^.]+$/, '')}.coco.json`,
    },
    closeProject: 'Cerrar proyecto',
    openFolder: 'Abrir una carpeta de imágenes',
    exportData: 'Exportar',
    fallback: 'El dispositivo elegido no hace lo que se pidió.',
    builtIn: 'Modelo integrado',
  },
  status: {
    label: 'Estado',
    keysHint: '? para ver las teclas',
    masks: (share) => `Máscaras ${share}\u202f%`,
    scanning: (n) => `Leyendo la carpeta, ${counted(n, 'imagen', 'imágenes')} hasta ahora`,
    jobs: (n) => `${counted(n, 'tarea', 'tareas')} en curso`,
    of: (done, total) => `${count(done)} de ${count(total)}`,
  },
  common: {
    cancel: 'Cancelar',
    close: 'Cerrar',
    done: 'Listo',
    undo: 'Deshacer',
    redo: 'Rehacer',
    tryAgain: 'Reintentar',
    details: 'Detalles',
    dismiss: 'Descartar',
    clearFilter: 'Borrar filtro',
    loading: 'Cargando',
    none: 'Ninguno',
    goThere: 'Ir allí',
    notifications: 'Avisos',
    resizePanel: (name) => `Cambiar tamaño de ${name}`,
  },
  drop: {
    image: (name) =>
      `${name} es una sola imagen. Suelte la carpeta en la que está: sus imágenes se abren juntas.`,
    unknown: (name) =>
      `${name} no se puede abrir. Suelte una carpeta de imágenes, un proyecto o un archivo de anotaciones (JSON, XML, ZIP).`,
    folderInBrowser:
      'Un navegador no dice dónde está una carpeta soltada. Elíjala en su lugar: Ctrl+O.',
    labelsInBrowser:
      'Un navegador no dice dónde está un archivo soltado. Elíjalo en su lugar: menú del proyecto, Importar anotaciones.',
    labelsFirst: (name) => `Abra primero la carpeta de imágenes y luego suelte ${name} otra vez.`,
  },
  objects: (n) => counted(n, 'objeto', 'objetos'),
  proposals: (n) => counted(n, 'propuesta', 'propuestas'),
  classes: (n) => counted(n, 'clase', 'clases'),
  px: (n) => `${count(n)} px`,
  help,
  home,
  label,
  keys,
  edges,
  evidence,
  exchange,
  filter,
  jobs,
  propagate,
  review,
  statistics,
  tune,
  models,
  clean,
  said,
  segment,
  settings,
  errors,
  figures,
  reasons,
};
