// French words around the help pages.
import type { Catalogue } from '../../languages/catalogue.ts';
import { counted } from '../../plural.ts';
import { clicks, engines, salience } from './method.ts';
import { words } from './words.ts';
import { batch, classes, files, tour } from './work.ts';

export const help: Catalogue['help'] = {
  title: 'Aide',
  pages: 'Pages de l’aide',
  find: 'Chercher dans l’aide',
  local: 'Tout est sur cet ordinateur. Rien n’est demandé au réseau.',
  back: 'Retour à l’image',
  backElsewhere: 'Retour',
  start: 'Commencer avec l’exemple',
  showMe: 'Me montrer',
  keysOf: (screen) => `Touches de l’écran ${screen}`,
  allKeys: 'Toutes les touches, les changer',
  nothing: (typed) => `Rien sous « ${typed} ».`,
  devices: 'Modèles et appareils',
  hasDeviceTest: 'a le test de l’appareil.',
  found: (n) => counted(n, 'endroit', 'endroits'),
  aboutWord: (word) => `Ce que veut dire « ${word} »`,
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
      title: 'Toutes les touches',
      lead: 'Telles qu’elles sont réglées maintenant. Des préréglages pour qui connaît labelme ou CVAT sont sous Réglages, Raccourcis.',
      sections: {},
    },
  },
};
