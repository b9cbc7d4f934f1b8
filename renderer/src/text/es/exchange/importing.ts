// Spanish: what an import says of labels that it left out or changed.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

const px = ([width, height]: readonly [width: number, height: number]) =>
  `${count(width)} × ${count(height)}`;

const all = (names: readonly string[], more: number) =>
  more > 0 ? `${names.join(', ')} y ${count(more)} más` : names.join(', ');
/** A value of the file, as the engine reads it off. */
const is = (found: string) => {
  if (found === 'missing') return 'falta';
  if (found === 'an object') return 'es un objeto';
  const list = /^a list of (\d+)$/.exec(found);
  return list ? `es una lista de ${list[1]!}` : `es ${found}`;
};

export const importing: Catalogue['exchange']['importing'] = {
  reasons: {
    told: (why) => why,
    sameImage: (others, more, image) =>
      `y ${all(others, more)} serían todos para ${image}; ponles el nombre de sus imágenes, carpetas incluidas`,
    taken: (image, by) => `es para ${image}, que ya describe ${by}`,
    onlyOne: (image) => `se toma por ${image}, la única imagen con ese nombre`,
    guessed: (said, image) => `nombra ${said}, que no está aquí; se tomó ${image}`,
    several: (names, more) =>
      `podría ser ${all(names, more)}; indica la carpeta en el archivo o cambia un nombre`,
    unnamed: () => 'no pertenece a ninguna imagen de aquí: ninguna se llama así',
    notHere: (image) => `nombra la imagen ${image}; ninguna imagen de aquí se llama así`,
    notInProject: () => 'No hay tal imagen en este proyecto.',
    otherSize: (said, size) => `El archivo dice ${px(said)}, la imagen mide ${px(size)}.`,
    storedFrame: (said, size, orientation) =>
      `El archivo dice ${px(said)}, la imagen mide ${px(size)}: su orientación EXIF ${orientation} la gira, y estas anotaciones se hicieron sobre la imagen tal como está guardada. Se pueden girar con ella.`,
    labelledAt: (said, image, size) => `se anotó a ${px(said)} px; ${image} mide ${px(size)} px`,
    noSize: () => 'no dice ningún tamaño, y no se conoce ninguna imagen',
    noPixelOf: (label) => `un objeto de la clase ${label} no cubre ningún píxel`,
    noPixel: () => 'no cubre ningún píxel de su imagen',
    objectWanted: (found) => `${is(found)}; se esperaba un objeto`,
    numberWanted: (found) => `${is(found)}; se esperaba un número`,
    imageNameWanted: (found) => `${is(found)}; se esperaba el nombre de la imagen`,
    classNameWanted: (found) => `${is(found)}; se esperaba un nombre de clase`,
    pixelsWanted: (found) => `${is(found)}; se esperaban píxeles, 1 o más`,
    crowdWanted: (found) => `${is(found)}; se esperaba 0 o 1`,
    crowdMissing: () => 'falta; leído como 0',
    polygonsWanted: (found) => `${is(found)}; se esperaban polígonos o RLE`,
    sizeFromImage: (found) => `${is(found)}; tomado de la imagen`,
    tooLarge: (size) => `mide ${px(size)} px; es demasiado grande`,
    scoreOut: (found) => `${is(found)}; omitido`,
    areaCounted: (found) => `${is(found)}; contada a partir de la máscara`,
    boxTaken: (found) => `${is(found)}; tomado de la máscara`,
    tooDeep: () => 'está anidado demasiado hondo o es demasiado grande para conservarlo; omitido',
    noImageOfId: (found) => `${is(found)}; ninguna imagen tiene ese id`,
    noCategoryOfId: (found) => `${is(found)}; ninguna categoría tiene ese id`,
    idOfImage: (found) => `${found} ya lo tiene otra imagen`,
    idOfCategory: (found) => `${found} ya lo tiene otra categoría`,
    listedTwice: (image) => `${image} aparece dos veces; se conservan ambas`,
    idTwice: (id) => `${id} se usa dos veces; la posterior recibe un número nuevo`,
    idText: () => 'es texto; las exportaciones tienen números enteros, así que recibe uno nuevo',
    idBeyond: () => 'es un número mayor que 2^53, que muchos programas redondean; recibe uno nuevo',
    idNotWhole: () => 'no es un número entero desde 1; recibe uno nuevo',
    idMissing: () => 'falta; recibe un número nuevo',
    idZero: () => 'es 0, que pycocotools cuenta como sin pareja; recibe un número nuevo',
    classZero: (name, id) =>
      `es 0, que varios programas leen como «sin clase»; ${name} recibe el número ${id}`,
    panoptic: () => 'es panóptico (segments_info); sus máscaras están al lado, en archivos PNG',
    maskMissing: () =>
      'falta o está vacío; una anotación solo con puntos o una caja no tiene máscara',
    sizeMissing: () => 'falta o no es [height, width]',
    sizeSwapped: ([width, height]) =>
      `es [${height}, ${width}], que es [width, height] de la imagen; COCO tiene [height, width]`,
    sizeOther: ([width, height], size) =>
      `es [${height}, ${width}]; la imagen mide ${px(size)} px, se esperaba [${size[1]}, ${size[0]}]`,
    pythonBytes: () => 'está escrito como bytes de Python; leído sin la b ni sus comillas',
    countsMissing: () => 'falta; se esperaba un texto o una lista de tramos',
    listMissing: () => 'falta; un conjunto de datos COCO tiene esta lista',
    noList: () => 'no es una lista',
    classUnnamed: (number, n) => `la clase ${number} no tiene nombre; hay ${count(n)}`,
    box: () => 'es una caja; leída como el área de su rectángulo',
    wholeImage: () => 'tiene etiquetas de toda la imagen; solo se importan áreas',
    classNameCut: (letters, most) =>
      `es un nombre de clase de ${count(letters)} letras; cortado a ${count(most)}`,
    groupNameCut: (letters, most) =>
      `es un nombre de grupo de ${count(letters)} letras; cortado a ${count(most)}`,
    joined: (names, name) =>
      `${names.join(' y ')} pasan a ser una clase, ${name}: los nombres de clase difieren en más que mayúsculas, espacios y formas de acentos`,
    goesTo: (name, mine) => `${name} va a la clase ${mine} del proyecto`,
  },
  same: (said, more) => `${said} (lo mismo en ${count(more)} más)`,
};
