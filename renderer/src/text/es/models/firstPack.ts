// Spanish sentences about the first model for photographs, the choice of a model, and CUDA.
import type { Catalogue } from '../../languages/catalogue.ts';
import { counted, listed } from '../../plural.ts';

export const first: Catalogue['models']['first'] = {
  title: 'Listo para fotografías en un paso',
  fits: (size, gpu) =>
    gpu
      ? `va bien en este equipo: su GPU superó la prueba. ${size} una vez, después sin red.`
      : `va bien en este equipo: bueno sin GPU. ${size} una vez, después sin red.`,
  drawnOnly: 'El modelo integrado solo conoce cosas dibujadas.',
  knows: (size) => `conoce fotografías: ${size} una vez, después sin red.`,
  get: (size) => `Obtenerlo, ${size}`,
  others: 'Otros modelos',
  arriving: (name) => `${name} está en camino. Se elige por sí solo cuando está listo.`,
  meanwhile: 'Mientras tanto, escriba nombres de clases y dibuje.',
  waitingRun: 'Entonces empieza la ejecución en la imagen abierta.',
  useDrawnMeanwhile: 'Usar mientras el modelo de dibujos',
  pause: 'Pausar',
  cancel: 'Cancelar',
  goOn: 'Continuar',
  paused: (name, percent) => `${name} está en pausa al ${percent}. No se perdió nada.`,
  stopped: (name) => `${name} no llegó.`,
  runWhenReady: 'Ejecutar cuando esté listo',
  runsThen: (name) => `Se ejecuta cuando ${name} esté listo. Otra vez I lo retira.`,
  pressToWait: (name) => `Pulse I para ejecutar cuando ${name} esté listo, o dibuje con B.`,
  waits: (name) => `Se ejecuta cuando ${name} esté listo.`,
  waitsNoMore: 'La ejecución ya no espera.',
  chosen: (name) => `${name} está listo y en uso.`,
  useDrawn: 'Usar el modelo de dibujos',
  getting: (name, how) => `Obteniendo ${name}, ${how}`,
  noAnswer: (name) => `${name}: la descarga se detuvo`,
};

export const choice: Catalogue['models']['choice'] = {
  title: 'Cómo se hallan las máscaras',
  model: 'Modelo',
  needs: 'Necesita',
  oneImage: 'Una pasada, aquí',
  here: 'En este equipo',
  measured: 'medido aquí',
  notMeasured: 'aún sin medir',
  memory: (size) => `${size} de memoria`,
  toFetch: (size, licence) => `${size}, ${licence}`,
  stays:
    'Las propuestas se quedan hasta que ejecute otra vez. Las máscaras aceptadas nunca cambian.',
  all: 'Modelos y dispositivos',
  use: 'Usar este modelo',
  getAndUse: (size) => `Obtener ${size} y usar`,
  explain: 'Cómo se hallan las máscaras',
};

export const cuda: Catalogue['models']['cuda'] = {
  title: 'CUDA para tarjetas NVIDIA',
  text: 'Con una tarjeta NVIDIA, CUDA es lo más rápido. Sus bibliotecas no están en el paquete.',
  look: 'Qué necesita',
  offer: (name, size, host) => `${name}, ${size}, de ${host}.`,
  nvidia:
    'Los propios CUDA y cuDNN de NVIDIA no forman parte; qué versiones necesita se lee de ello.',
  get: (size) => `Obtenerlo, ${size}`,
  getting: 'Obteniendo las bibliotecas de CUDA',
  stop: 'Detener',
  needs: (products, names) => `Descargado. Necesita ${products} de NVIDIA: ${listed(names)}.`,
  needsOnly: (names) => `Descargado. Necesita de NVIDIA: ${listed(names)}.`,
  unreachable: (found) =>
    `No se puede acceder a la fuente de paquetes: ${found}. Tras un proxy, defina HTTPS_PROXY. No se cambió nada.`,
  fetched: 'Descargado. No se pudo leer qué necesita de NVIDIA: la prueba lo dirá.',
  missing: (names) =>
    `No se halló aquí: ${counted(names.length, 'biblioteca', 'bibliotecas')}, ${listed(names)}. Instálelas, o indique su carpeta en LD_LIBRARY_PATH, e inicie Salience de nuevo.`,
  complete: 'Está todo aquí. Pruebe CUDA ahora.',
};
