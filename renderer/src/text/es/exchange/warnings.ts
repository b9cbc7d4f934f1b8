// Spanish: what an export could not hold or left out.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, fixed } from '../../plural.ts';

export const warnings: Catalogue['exchange']['warnings'] = {
  noPixel: (image) => `${image}: se omitió una anotación sin píxeles`,
  overlap: (image, px, gone) =>
    `${image}: hay anotaciones que se solapan, ${count(px)} px solo muestran la de encima${gone > 0 ? `; ocultas del todo: ${count(gone)}` : ''}`,
  gone: (image, n) => `${image}: ocultas del todo: ${count(n)}`,
  simplified: (px) => `se simplificaron contornos, ${fixed(px, 2)} px como máximo`,
  labelmeUnsplit: () =>
    'los archivos de labelme no se reparten entre train y val; cada imagen tiene su propio archivo',
  cvatUnsplit: () =>
    'los archivos de CVAT no se reparten entre train y val; todas las imágenes están en uno',
  cvatNotes: (n) =>
    `las notas de ${counted(n, 'imagen', 'imágenes')} no están en el archivo: CVAT no tiene sitio para ellas`,
  controlCharacters: (image) =>
    `Se omitió ${image}: su nombre contiene caracteres de control, que no caben en listas de imágenes; cambie el nombre del archivo`,
  leftOut: (image, why) => `Se omitió ${image}: ${why}`,
  crowded: (image) =>
    `${image} no se incluyó, como se pidió: el formato no tiene sitio para todos sus objetos`,
  nameless: (image) =>
    `${image} no se incluyó, como se pidió: de su nombre no sale ningún nombre de archivo`,
  sharedFile: (image) =>
    `${image} no se incluyó, como se pidió: compartiría archivo con otra imagen`,
  turned: (n) =>
    `${counted(n, 'imagen está guardada girada', 'imágenes están guardadas giradas')} (orientación EXIF); tamaños y máscaras son los de la imagen derecha`,
  replaced: (images, more) =>
    `Cambiaron desde que se anotaron: ${images.join(', ')}${more > 0 ? ` y ${count(more)} más` : ''}; vuelva a mirarlas`,
  more: (n) => `y ${counted(n, 'aviso más', 'avisos más')}`,
};
