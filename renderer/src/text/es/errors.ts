// What to say in Spanish for an error code: what happened, what is safe, what to do.
import type { Catalogue } from '../languages/catalogue.ts';
import { bytes, count } from '../plural.ts';

export const figures: Catalogue['figures'] = {
  tooLarge: (width, height, maxPixels) =>
    `${count(width)} × ${count(height)} px superan el límite de ${count(Math.floor(maxPixels / 1e6))} millones de px.`,
  tooManyBytes: (size, most) => `Un archivo de ${bytes(size)} supera el límite de ${bytes(most)}.`,
  stops: (format, share) =>
    `Este archivo ${format} se corta tras el ${share}\u202f% de su imagen. Las demás no se ven afectadas.`,
  damaged: (format, endsEarly) =>
    `Este archivo ${format} está dañado: ${endsEarly ? 'termina demasiado pronto' : 'sus datos no se pueden leer'}. Las demás imágenes no se ven afectadas.`,
};

export const errors: Catalogue['errors'] = {
  fallback: 'Algo falló internamente. Sus anotaciones están a salvo.',
  PROTOCOL_MISMATCH: 'La página y el motor son de versiones distintas. Recargue la página.',
  CONNECTION_CLOSED: 'Se cortó la conexión con el motor. Todo lo aceptado está guardado.',
  PROJECT_LOCKED: 'Este proyecto está abierto en otra ventana. Puede mirar, no editar.',
  PROJECT_TOO_NEW:
    'Un Salience más nuevo escribió este proyecto. Actualice el programa para abrirlo.',
  PROJECT_REPLACED: 'Otra ventana abrió otro proyecto. Abra el suyo de nuevo para seguir en él.',
  CATEGORY_CONFLICT: 'Otra ventana cambió antes esta clase. Se muestra su estado más nuevo.',
  CATEGORY_UNKNOWN: 'Otra ventana eliminó esta clase.',
  PROJECT_READ_ONLY:
    'Este proyecto aquí solo se puede leer. Cópielo a una carpeta donde pueda escribir.',
  FOLDER_MISSING: 'La unidad no está conectada. Sus anotaciones están a salvo.',
  DISK_FULL: 'Sin guardar: el disco está lleno. Su último cambio se conserva en memoria.',
  NAME_TAKEN: 'Este nombre ya está en uso.',
  DOC_CONFLICT: 'Otra ventana cambió antes este objeto. Se muestra su estado más nuevo.',
  IMAGE_MISSING: 'El archivo ya no está en la carpeta. Sus anotaciones están a salvo.',
  IMAGE_DAMAGED: 'El archivo está dañado. Las demás imágenes no se ven afectadas.',
  IMAGE_UNSUPPORTED:
    'No es una imagen que Salience lea: JPEG, PNG, WebP, TIFF, GIF, AVIF o BMP. Conviértala a PNG.',
  IMAGE_EMPTY: 'El archivo está vacío. Cópielo de nuevo.',
  IMAGE_TOO_LARGE: 'La imagen supera el límite de 12.000 px.',
  IMAGE_NAME:
    'Su nombre no es una ruta relativa como la que pide un conjunto de datos. Cambie el nombre del archivo.',
  MODEL_HASH_MISMATCH:
    'Un archivo del paquete fue modificado. Obténgalo o constrúyalo de nuevo en Modelos.',
  PACK_BROKEN: 'El paquete está dañado. Obtenga de nuevo la parte dañada en Modelos.',
  PROMPT_EMPTY: 'Escriba al menos un nombre de clase.',
  INFERENCE_EXITED: 'El proceso del modelo terminó. No se perdió nada. Ejecute de nuevo.',
  INFERENCE_UNAVAILABLE: 'El modelo no puede iniciarse ahora.',
  NETWORK_FAILED: 'Se cortó la conexión. No se perdió nada.',
  HUB_UNREACHABLE:
    'No se puede acceder al repositorio. No se perdió nada. Elija un espejo o añada una carpeta en Modelos.',
  CERTIFICATE_UNTRUSTED:
    'Aquí no se confía en el certificado del repositorio. No se descargó nada.',
  ACCESS_DENIED: 'Este modelo pide un token de acceso.',
  CHECKSUM_MISMATCH: 'El archivo difiere del publicado. No se instaló.',
};

/** Why a job stands still, or an image could not be done. */
export const reasons: Catalogue['reasons'] = {
  interrupted: () =>
    'El programa terminó mientras esta tarea estaba en marcha. «Reanudar» la continúa.',
  closed: () => 'El programa se cerró.',
  unsaved: () => 'No se pudo guardar.',
  crashed: () => 'El proceso del modelo terminó mientras trabajaba en esta imagen.',
  endsAgain: () =>
    'El proceso del modelo terminó tres veces seguidas. Ejecuta de nuevo dentro de un minuto; si vuelve a terminar, elige otro dispositivo en Modelos.',
  classesGone: () => 'Se borraron todas las clases de esta tarea.',
  folderGone: (folder) =>
    `La carpeta ${folder} ya no está. Vuelve a conectar el disco o la unidad de red y continúa.`,
  gone: (image) => `${image} ya no está en la carpeta.`,
  notUtf8: (image) =>
    `El nombre de ${image} en el disco no es UTF-8, así que el archivo no se puede abrir con él. Cambia el nombre del archivo.`,
  oldName: (image) =>
    `El nombre de ${image} no es texto UTF-8, como lo dejan los archivos comprimidos antiguos. Cambia el nombre del archivo.`,
  deadLink: (image, target) =>
    `${image} es un enlace a ${target}, donde no hay ninguna imagen. Pon ahí la imagen o borra el enlace.`,
  unreadable: (fault) =>
    `El archivo no se puede leer (${fault}). Permite su lectura e inténtalo de nuevo.`,
  otherSize: (image, [width, height], [widthNow, heightNow]) =>
    `${image} medía ${count(width)} × ${count(height)} px al anotarla y ahora mide ${count(widthNow)} × ${count(heightNow)} px; sus anotaciones no encajarían. Vuelve a poner el archivo anterior.`,
};
