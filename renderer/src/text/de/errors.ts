// German words for error codes: what happened, what is safe, what to do.
import type { Catalogue } from '../languages/catalogue.ts';
import { bytes, count } from '../plural.ts';

/** Sentences for errors that bring their own figures. */
export const figures: Catalogue['figures'] = {
  tooLarge: (width, height, maxPixels) =>
    `${count(width)} × ${count(height)} px liegt über der Grenze von ${count(Math.floor(maxPixels / 1e6))} Millionen px.`,
  tooManyBytes: (size, most) =>
    `Eine Datei von ${bytes(size)} liegt über der Grenze von ${bytes(most)}.`,
  stops: (format, percent) =>
    `Diese ${format}-Datei endet nach ${percent}\u202f% ihres Bildes. Andere Bilder sind nicht betroffen.`,
  damaged: (format, endsEarly) =>
    `Diese ${format}-Datei ist beschädigt: ${endsEarly ? 'Sie endet zu früh' : 'Ihre Daten sind nicht lesbar'}. Andere Bilder sind nicht betroffen.`,
};

export const errors: Catalogue['errors'] = {
  fallback: 'Im Innern ist etwas schiefgegangen. Die Annotationen sind sicher.',
  PROTOCOL_MISMATCH: 'Seite und Engine haben verschiedene Versionen. Die Seite neu laden.',
  CONNECTION_CLOSED: 'Die Verbindung zur Engine endete. Alles Angenommene ist gespeichert.',
  PROJECT_LOCKED:
    'Dieses Projekt ist in einem anderen Fenster offen. Ansehen geht, Bearbeiten nicht.',
  PROJECT_TOO_NEW:
    'Ein neueres Salience hat dieses Projekt geschrieben. Zum Öffnen das Programm aktualisieren.',
  PROJECT_REPLACED:
    'Ein anderes Fenster hat ein anderes Projekt geöffnet. Das eigene neu öffnen, um darin weiterzumachen.',
  CATEGORY_CONFLICT:
    'Ein anderes Fenster hat diese Klasse zuerst geändert. Gezeigt wird ihr neuerer Stand.',
  CATEGORY_UNKNOWN: 'Ein anderes Fenster hat diese Klasse gelöscht.',
  PROJECT_READ_ONLY:
    'Dieses Projekt lässt sich hier nur lesen. In einen beschreibbaren Ordner kopieren.',
  FOLDER_MISSING: 'Das Laufwerk ist nicht verbunden. Die Annotationen sind sicher.',
  DISK_FULL:
    'Nicht gespeichert: Der Datenträger ist voll. Die letzte Änderung bleibt im Arbeitsspeicher.',
  NAME_TAKEN: 'Dieser Name ist vergeben.',
  DOC_CONFLICT:
    'Ein anderes Fenster hat dieses Objekt zuerst geändert. Gezeigt wird sein neuerer Stand.',
  IMAGE_MISSING: 'Die Datei ist nicht mehr im Ordner. Die Annotationen sind sicher.',
  IMAGE_DAMAGED: 'Die Datei ist beschädigt. Andere Bilder sind nicht betroffen.',
  IMAGE_UNSUPPORTED:
    'Dies ist kein Bild, das Salience liest: JPEG, PNG, WebP, TIFF, GIF, AVIF oder BMP. In PNG umwandeln.',
  IMAGE_EMPTY: 'Die Datei ist leer. Noch einmal kopieren.',
  IMAGE_TOO_LARGE: 'Das Bild liegt über der Grenze von 12.000 px.',
  IMAGE_NAME:
    'Der Name ist kein relativer Pfad, wie ihn ein Datensatz braucht. Die Datei umbenennen.',
  MODEL_HASH_MISMATCH:
    'Eine Datei des Modellpakets wurde geändert. Unter Modelle neu holen oder bauen.',
  PACK_BROKEN: 'Das Modellpaket ist beschädigt. Den beschädigten Teil unter Modelle neu holen.',
  PROMPT_EMPTY: 'Mindestens einen Klassennamen eingeben.',
  INFERENCE_EXITED: 'Der Modellprozess endete. Nichts ist verloren. Neu ausführen.',
  INFERENCE_UNAVAILABLE: 'Das Modell kann gerade nicht starten.',
  NETWORK_FAILED: 'Die Verbindung endete. Nichts ist verloren.',
  HUB_UNREACHABLE:
    'Der Hub ist nicht erreichbar. Nichts ist verloren. Unter Modelle einen Spiegel wählen oder einen Ordner hinzufügen.',
  CERTIFICATE_UNTRUSTED:
    'Dem Zertifikat des Hubs wird hier nicht vertraut. Nichts wurde heruntergeladen.',
  ACCESS_DENIED: 'Dieses Modell verlangt ein Zugangstoken.',
  CHECKSUM_MISMATCH: 'Die Datei weicht von der veröffentlichten ab. Sie wurde nicht installiert.',
};

/** Why a job stands still, or an image could not be done. */
export const reasons: Catalogue['reasons'] = {
  interrupted: () =>
    'Das Programm endete, während dieser Auftrag lief. Mit „Fortsetzen“ geht er weiter.',
  closed: () => 'Das Programm wurde geschlossen.',
  unsaved: () => 'Das Speichern ist gescheitert.',
  crashed: () => 'Der Modellprozess endete, während er an diesem Bild arbeitete.',
  endsAgain: () =>
    'Der Modellprozess endete dreimal nacheinander. In einer Minute neu ausführen; endet er wieder, unter Modelle ein anderes Gerät wählen.',
  classesGone: () => 'Die Klassen dieses Auftrags wurden alle gelöscht.',
  folderGone: (folder) =>
    `Der Ordner ${folder} ist nicht mehr da. Datenträger oder Netzlaufwerk wieder verbinden, dann weitermachen.`,
  gone: (image) => `${image} ist nicht mehr im Ordner.`,
  notUtf8: (image) =>
    `Der Name von ${image} auf dem Datenträger ist kein UTF-8, sodass sich die Datei damit nicht öffnen lässt. Die Datei umbenennen.`,
  oldName: (image) =>
    `Der Name von ${image} ist kein UTF-8-Text, wie ihn alte Archive hinterlassen. Die Datei umbenennen.`,
  deadLink: (image, target) =>
    `${image} ist ein Verweis auf ${target}, wo kein Bild liegt. Das Bild dorthin legen oder den Verweis löschen.`,
  unreadable: (fault) =>
    `Die Datei ist nicht lesbar (${fault}). Den Lesezugriff erlauben, dann noch einmal versuchen.`,
  otherSize: (image, [width, height], [widthNow, heightNow]) =>
    `${image} hatte beim Annotieren ${count(width)} × ${count(height)} px und hat jetzt ${count(widthNow)} × ${count(heightNow)} px; die Annotationen würden nicht passen. Die frühere Datei zurücklegen.`,
};
