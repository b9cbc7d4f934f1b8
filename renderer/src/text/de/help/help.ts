// The help pages in German.
import type { Catalogue } from '../../languages/catalogue.ts';
import { counted } from '../../plural.ts';
import { clicks, engines, salience } from './method.ts';
import { batch, classes, files, tour } from './work.ts';
import { words } from './words.ts';

export const help: Catalogue['help'] = {
  title: 'Hilfe',
  pages: 'Seiten der Hilfe',
  find: 'In der Hilfe suchen',
  local: 'Alles hier liegt auf diesem Computer. Nichts wird geholt.',
  back: 'Zurück zum Bild',
  backElsewhere: 'Zurück',
  start: 'Mit dem Beispiel beginnen',
  showMe: 'Zeigen',
  keysOf: (screen) => `Tasten der Ansicht ${screen}`,
  allKeys: 'Alle Tasten, Tasten ändern',
  nothing: (typed) => `Nichts unter „${typed}“.`,
  devices: 'Modelle und Geräte',
  hasDeviceTest: 'hat den Gerätetest.',
  found: (n) => counted(n, 'Stelle', 'Stellen'),
  aboutWord: (word) => `Was „${word}“ heißt`,
  topics: {
    tour,
    salience,
    clicks,
    engines,
    classes,
    batch,
    files,
    words,
    keys: {
      title: 'Alle Tasten',
      lead: 'Wie sie jetzt belegt sind. Vorlagen für alle, die labelme oder CVAT kennen, stehen unter Einstellungen, Tasten.',
      sections: {},
    },
  },
};
