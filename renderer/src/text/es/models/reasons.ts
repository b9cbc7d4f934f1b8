// Spanish: why a device runs, or does not.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

export const reasons: Catalogue['models']['reasons'] = {
  set: (device) => `${device} está elegido a mano.`,
  setFailed: (device) => `${device} está elegido a mano. No superó su autocomprobación.`,
  setNotHere: (device) =>
    `${device} está elegido pero no existe en este sistema; por eso se usa la CPU.`,
  untested: () => 'Aún no se ha probado ningún dispositivo.',
  noneFaster: () => 'Se eligió CPU: nada de lo que superó la prueba es claramente más rápido.',
  nonePassed: () => 'Se eligió CPU: ningún otro dispositivo superó su autocomprobación.',
  fastest: (device, passed) =>
    `Se eligió ${device}: el más rápido de ${count(passed)} que superaron la prueba.`,
  needsNvidia: () => 'Necesita Linux en x64 y una tarjeta NVIDIA.',
  needsWindows: () => 'Necesita Windows.',
  needsApple: () => 'Necesita un Mac con chip de Apple.',
  notOnArm: () => 'Esta versión no lo tiene para Linux en ARM.',
  differs: (n) => `Sus mapas difieren de los de la CPU en un ${count(n)}\u202f%.`,
  noNumbers: () => 'Sus mapas contienen valores que no son números.',
  crashed: (device) =>
    `${device} hizo que se cerrara el proceso del modelo. Actualice el controlador gráfico.`,
  onlyCpu: (device) => `Para la CPU: ${device} no puede usarlo.`,
  onlyCards: () => 'Para tarjetas gráficas: con ello la CPU no es más rápida.',
  noCard: (device) =>
    `${device} no encuentra una tarjeta gráfica que pueda usar. Revise el controlador gráfico.`,
  outOfMemory: (device) =>
    `${device} se quedó sin memoria. Cierre otros programas o elija un modelo menor.`,
  library: (kind, library) =>
    `CUDA necesita la biblioteca ${library} de ${kind}, que no está en este equipo. «salience devices cuda» dice todo lo que hace falta de NVIDIA.`,
  notInstalled: () =>
    'Las bibliotecas CUDA del entorno de ejecución no están instaladas. «salience devices cuda» dice qué descargaría.',
  otherLibrary: () =>
    'Falta una biblioteca de CUDA o cuDNN o es de otra versión. «salience devices cuda» dice cuáles hacen falta.',
  noNvidia: () => 'CUDA no encuentra una tarjeta NVIDIA, o su controlador es demasiado antiguo.',
  lost: (device) => `${device} perdió la conexión con la tarjeta gráfica.`,
  notInBuild: (device) => `${device} no está incluido en este sistema.`,
  noHalf: (device) => `${device} no puede calcular en media precisión en esta tarjeta gráfica.`,
  cannotRun: (device) => `${device} no puede ejecutar un paso de este modelo.`,
  failed: (device) => `${device} no pudo ejecutar el modelo. El registro tiene los detalles.`,
};
