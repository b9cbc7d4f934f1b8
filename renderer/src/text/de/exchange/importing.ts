// German: what an import says of labels that it left out or changed.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted } from '../../plural.ts';

const px = ([width, height]: readonly [width: number, height: number]) =>
  `${count(width)} × ${count(height)}`;

const all = (names: readonly string[], more: number) =>
  more > 0 ? `${names.join(', ')} und ${count(more)} weitere` : names.join(', ');
/** A value of the file, as the engine reads it off. */
const is = (found: string) => {
  if (found === 'missing') return 'fehlt';
  if (found === 'an object') return 'ist ein Objekt';
  const list = /^a list of (\d+)$/.exec(found);
  return list ? `ist eine Liste von ${list[1]!}` : `ist ${found}`;
};

export const importing: Catalogue['exchange']['importing'] = {
  reasons: {
    told: (why) => why,
    sameImage: (others, more, image) =>
      `und ${all(others, more)} wären alle für ${image}; wie ihre Bilder benennen, samt Ordnern`,
    taken: (image, by) => `ist für ${image}, das schon ${by} beschreibt`,
    onlyOne: (image) => `gilt für ${image}, das einzige Bild dieses Namens`,
    guessed: (said, image) => `nennt ${said}, das nicht hier ist; genommen wurde ${image}`,
    several: (names, more) =>
      `könnte ${all(names, more)} sein; in der Datei den Ordner angeben oder eines umbenennen`,
    unnamed: () => 'gehört zu keinem Bild hier: Keines heißt so',
    notHere: (image) => `nennt das Bild ${image}; kein Bild hier heißt so`,
    notInProject: () => 'Dieses Bild gibt es im Projekt nicht.',
    otherSize: (said, size) => `Die Datei nennt ${px(said)}, das Bild hat ${px(size)}.`,
    storedFrame: (said, size, orientation) =>
      `Die Datei nennt ${px(said)}, das Bild hat ${px(size)}: Die EXIF-Ausrichtung ${orientation} dreht es, und diese Annotationen entstanden am Bild, wie es gespeichert ist. Sie lassen sich mitdrehen.`,
    labelledAt: (said, image, size) =>
      `wurde bei ${px(said)} px annotiert; ${image} hat ${px(size)} px`,
    noSize: () => 'nennt keine Größe, und kein Bild ist bekannt',
    noPixelOf: (label) => `Ein Objekt der Klasse ${label} bedeckt kein Pixel`,
    noPixel: () => 'bedeckt kein Pixel des Bildes',
    objectWanted: (found) => `${is(found)}; erwartet war ein Objekt`,
    numberWanted: (found) => `${is(found)}; erwartet war eine Zahl`,
    imageNameWanted: (found) => `${is(found)}; erwartet war der Name des Bildes`,
    classNameWanted: (found) => `${is(found)}; erwartet war ein Klassenname`,
    pixelsWanted: (found) => `${is(found)}; erwartet waren Pixel, 1 oder mehr`,
    crowdWanted: (found) => `${is(found)}; erwartet war 0 oder 1`,
    crowdMissing: () => 'fehlt; gelesen als 0',
    polygonsWanted: (found) => `${is(found)}; erwartet waren Polygone oder RLE`,
    sizeFromImage: (found) => `${is(found)}; vom Bild übernommen`,
    tooLarge: (size) => `hat ${px(size)} px; das ist zu groß`,
    scoreOut: (found) => `${is(found)}; ausgelassen`,
    areaCounted: (found) => `${is(found)}; aus der Maske gezählt`,
    boxTaken: (found) => `${is(found)}; aus der Maske übernommen`,
    tooDeep: () => 'ist zu tief verschachtelt oder zu groß zum Behalten; ausgelassen',
    noImageOfId: (found) => `${is(found)}; kein Bild hat diese Id`,
    noCategoryOfId: (found) => `${is(found)}; keine Kategorie hat diese Id`,
    idOfImage: (found) => `${found} hat schon ein anderes Bild`,
    idOfCategory: (found) => `${found} hat schon eine andere Kategorie`,
    listedTwice: (image) => `${image} steht zweimal in der Liste; beide bleiben`,
    idTwice: (id) => `${id} kommt zweimal vor; das spätere erhält eine neue Nummer`,
    idText: () => 'ist Text; Exporte haben ganze Zahlen, also gibt es eine neue',
    idBeyond: () => 'ist eine Zahl über 2^53, die viele Programme runden; es gibt eine neue',
    idNotWhole: () => 'ist keine ganze Zahl ab 1; es gibt eine neue',
    idMissing: () => 'fehlt; es gibt eine neue Nummer',
    idZero: () => 'ist 0, was pycocotools als nicht zugeordnet zählt; es gibt eine neue Nummer',
    classZero: (name, id) =>
      `ist 0, was mehrere Programme als „keine Klasse“ lesen; ${name} erhält die Nummer ${id}`,
    panoptic: () => 'ist panoptisch (segments_info); die Masken liegen daneben in PNG-Dateien',
    maskMissing: () =>
      'fehlt oder ist leer; eine Annotation nur mit Punkten oder einem Rahmen hat keine Maske',
    sizeMissing: () => 'fehlt oder ist nicht [height, width]',
    sizeSwapped: ([width, height]) =>
      `ist [${height}, ${width}], also [width, height] des Bildes; COCO hat [height, width]`,
    sizeOther: ([width, height], size) =>
      `ist [${height}, ${width}]; das Bild hat ${px(size)} px, erwartet war [${size[1]}, ${size[0]}]`,
    pythonBytes: () =>
      'ist als Bytes von Python geschrieben; ohne das b und seine Anführungszeichen gelesen',
    countsMissing: () => 'fehlt; erwartet war ein Text oder eine Liste von Lauflängen',
    listMissing: () => 'fehlt; ein COCO-Datensatz hat diese Liste',
    noList: () => 'ist keine Liste',
    classUnnamed: (number, n) => `Klasse ${number} hat keinen Namen; es gibt ${count(n)}`,
    box: () => 'ist ein Rahmen; gelesen als die Fläche seines Rechtecks',
    wholeImage: () => 'hat Schlagwörter zum ganzen Bild; importiert werden nur Flächen',
    classNameCut: (letters, most) =>
      `ist ein Klassenname von ${count(letters)} Zeichen; auf ${count(most)} gekürzt`,
    groupNameCut: (letters, most) =>
      `ist ein Gruppenname von ${count(letters)} Zeichen; auf ${count(most)} gekürzt`,
    joined: (names, name) =>
      `${names.join(' und ')} werden eine Klasse, ${name}: Klassennamen unterscheiden sich durch mehr als Großschreibung, Leerzeichen und die Form von Akzenten`,
    goesTo: (name, mine) => `${name} geht zur Klasse ${mine} des Projekts`,
  },
  same: (said, more) =>
    `${said} (ebenso an ${counted(more, 'weiterer Stelle', 'weiteren Stellen')})`,
};
