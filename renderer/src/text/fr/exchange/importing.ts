// French: what an import says of labels that it left out or changed.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted } from '../../plural.ts';

const px = ([width, height]: readonly [width: number, height: number]) =>
  `${count(width)} × ${count(height)}`;

const all = (names: readonly string[], more: number) =>
  more > 0 ? `${names.join(', ')} et ${count(more)} de plus` : names.join(', ');
/** A value of the file, as the engine reads it off. */
const is = (found: string) => {
  if (found === 'missing') return 'manque';
  if (found === 'an object') return 'est un objet';
  const list = /^a list of (\d+)$/.exec(found);
  return list ? `est une liste de ${list[1]!}` : `est ${found}`;
};

export const importing: Catalogue['exchange']['importing'] = {
  reasons: {
    told: (why) => why,
    sameImage: (others, more, image) =>
      `et ${all(others, more)} seraient tous pour ${image} ; les nommer comme leurs images, dossiers compris`,
    taken: (image, by) => `est pour ${image}, que ${by} décrit déjà`,
    onlyOne: (image) => `est pris pour ${image}, la seule image de ce nom`,
    guessed: (said, image) => `nomme ${said}, qui n’est pas là ; pris pour ${image}`,
    several: (names, more) =>
      `pourrait être ${all(names, more)} ; indiquer le dossier dans le fichier ou en renommer une`,
    unnamed: () => 'n’appartient à aucune image ici : aucune n’a ce nom',
    notHere: (image) => `nomme l’image ${image} ; aucune image ici ne s’appelle ainsi`,
    notInProject: () => 'Cette image n’est pas dans ce projet.',
    otherSize: (said, size) => `Le fichier dit ${px(said)}, l’image mesure ${px(size)}.`,
    storedFrame: (said, size, orientation) =>
      `Le fichier dit ${px(said)}, l’image mesure ${px(size)} : son orientation EXIF ${orientation} la tourne, et ces annotations ont été faites sur l’image telle qu’elle est enregistrée. Elles peuvent être tournées avec elle.`,
    labelledAt: (said, image, size) =>
      `a été annoté à ${px(said)} px ; ${image} mesure ${px(size)} px`,
    noSize: () => 'ne dit aucune taille, et aucune image n’est connue',
    noPixelOf: (label) => `un objet de la classe ${label} ne couvre aucun pixel`,
    noPixel: () => 'ne couvre aucun pixel de son image',
    objectWanted: (found) => `${is(found)} ; un objet était attendu`,
    numberWanted: (found) => `${is(found)} ; un nombre était attendu`,
    imageNameWanted: (found) => `${is(found)} ; le nom de l’image était attendu`,
    classNameWanted: (found) => `${is(found)} ; un nom de classe était attendu`,
    pixelsWanted: (found) => `${is(found)} ; des pixels étaient attendus, 1 ou plus`,
    crowdWanted: (found) => `${is(found)} ; 0 ou 1 était attendu`,
    crowdMissing: () => 'manque ; lu comme 0',
    polygonsWanted: (found) => `${is(found)} ; des polygones ou RLE étaient attendus`,
    sizeFromImage: (found) => `${is(found)} ; repris de l’image`,
    tooLarge: (size) => `mesure ${px(size)} px ; c’est trop grand`,
    scoreOut: (found) => `${is(found)} ; laissé de côté`,
    areaCounted: (found) => `${is(found)} ; comptée d’après le masque`,
    boxTaken: (found) => `${is(found)} ; repris du masque`,
    tooDeep: () => 'est imbriqué trop profond ou trop grand pour être gardé ; laissé de côté',
    noImageOfId: (found) => `${is(found)} ; aucune image n’a cet id`,
    noCategoryOfId: (found) => `${is(found)} ; aucune catégorie n’a cet id`,
    idOfImage: (found) => `${found} est déjà pris par une autre image`,
    idOfCategory: (found) => `${found} est déjà pris par une autre catégorie`,
    listedTwice: (image) => `${image} figure deux fois ; les deux sont gardées`,
    idTwice: (id) => `${id} sert deux fois ; le second reçoit un nouveau numéro`,
    idText: () => 'est du texte ; les exports ont des nombres entiers, il en reçoit un nouveau',
    idBeyond: () =>
      'est un nombre au-delà de 2^53, que beaucoup de programmes arrondissent ; il en reçoit un nouveau',
    idNotWhole: () => 'n’est pas un nombre entier à partir de 1 ; il en reçoit un nouveau',
    idMissing: () => 'manque ; il reçoit un nouveau numéro',
    idZero: () =>
      'est 0, que pycocotools compte comme sans correspondance ; il reçoit un nouveau numéro',
    classZero: (name, id) =>
      `est 0, que plusieurs programmes lisent « aucune classe » ; ${name} reçoit le numéro ${id}`,
    panoptic: () =>
      'est panoptique (segments_info) ; ses masques sont à côté, dans des fichiers PNG',
    maskMissing: () =>
      'manque ou est vide ; une annotation avec seulement des points ou un cadre n’a pas de masque',
    sizeMissing: () => 'manque ou n’est pas [height, width]',
    sizeSwapped: ([width, height]) =>
      `est [${height}, ${width}], soit [width, height] de l’image ; COCO a [height, width]`,
    sizeOther: ([width, height], size) =>
      `est [${height}, ${width}] ; l’image mesure ${px(size)} px, [${size[1]}, ${size[0]}] était attendu`,
    pythonBytes: () => 'est écrit en octets de Python ; lu sans le b ni ses guillemets',
    countsMissing: () => 'manque ; un texte ou une liste de plages était attendu',
    listMissing: () => 'manque ; un jeu de données COCO a cette liste',
    noList: () => 'n’est pas une liste',
    classUnnamed: (number, n) => `la classe ${number} n’a pas de nom ; il y en a ${count(n)}`,
    box: () => 'est un cadre ; lu comme l’aire de son rectangle',
    wholeImage: () => 'a des étiquettes pour toute l’image ; seules les aires sont importées',
    classNameCut: (letters, most) =>
      `est un nom de classe de ${count(letters)} lettres ; coupé à ${count(most)}`,
    groupNameCut: (letters, most) =>
      `est un nom de groupe de ${count(letters)} lettres ; coupé à ${count(most)}`,
    joined: (names, name) =>
      `${names.join(' et ')} deviennent une classe, ${name} : les noms de classes diffèrent par plus que la casse, les espaces et la forme des accents`,
    goesTo: (name, mine) => `${name} va à la classe ${mine} du projet`,
  },
  same: (said, more) => `${said} (de même à ${counted(more, 'autre endroit', 'autres endroits')})`,
};
