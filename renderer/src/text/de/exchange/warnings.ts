// German: what an export could not hold or left out.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, fixed } from '../../plural.ts';

export const warnings: Catalogue['exchange']['warnings'] = {
  noPixel: (image) => `${image}: Eine Annotation ohne Pixel wurde ausgelassen`,
  overlap: (image, px, gone) =>
    `${image}: Annotationen überlappen, ${count(px)} px zeigen nur die obere${gone > 0 ? `; ganz verdeckt: ${count(gone)}` : ''}`,
  gone: (image, n) => `${image}: ganz verdeckt: ${count(n)}`,
  simplified: (px) => `Umrisse wurden um bis zu ${fixed(px, 2)} px vereinfacht`,
  labelmeUnsplit: () =>
    'Dateien von labelme werden nicht in train und val geteilt; jedes Bild hat seine eigene Datei',
  cvatUnsplit: () =>
    'Dateien von CVAT werden nicht in train und val geteilt; alle Bilder sind in einer',
  cvatNotes: (n) =>
    `Notizen zu ${counted(n, 'Bild', 'Bildern')} sind nicht in der Datei: CVAT hat keinen Platz dafür`,
  controlCharacters: (image) =>
    `${image} wurde ausgelassen: Sein Name enthält Steuerzeichen, die in Bilderlisten nicht stehen können; Datei umbenennen`,
  leftOut: (image, why) => `${image} wurde ausgelassen: ${why}`,
  crowded: (image) =>
    `${image} wurde wie gewünscht ausgelassen: Das Format hat nicht für alle Objekte Platz`,
  nameless: (image) =>
    `${image} wurde wie gewünscht ausgelassen: Aus dem Namen ergibt sich kein Dateiname`,
  sharedFile: (image) =>
    `${image} wurde wie gewünscht ausgelassen: Es würde sich eine Datei mit einem anderen Bild teilen`,
  turned: (n) =>
    `${counted(n, 'Bild ist', 'Bilder sind')} gedreht gespeichert (EXIF-Ausrichtung); Größen und Masken gelten für das aufrechte Bild`,
  replaced: (images, more) =>
    `Seit dem Annotieren geändert: ${images.join(', ')}${more > 0 ? ` und ${count(more)} weitere` : ''}; noch einmal ansehen`,
  more: (n) => `und ${counted(n, 'weitere Warnung', 'weitere Warnungen')}`,
};
