// Spanish words around the help pages.
import type { Catalogue } from '../../languages/catalogue.ts';
import { counted } from '../../plural.ts';
import { clicks, engines, salience } from './method.ts';
import { words } from './words.ts';
import { batch, classes, files, tour } from './work.ts';

export const help: Catalogue['help'] = {
  title: 'Ayuda',
  pages: 'Páginas de la ayuda',
  find: 'Buscar en la ayuda',
  local: 'Todo esto está en este equipo. No se descarga nada.',
  back: 'Volver a la imagen',
  backElsewhere: 'Volver',
  start: 'Empezar con el ejemplo',
  showMe: 'Mostrarme',
  keysOf: (screen) => `Teclas de la pantalla ${screen}`,
  allKeys: 'Todas las teclas, cambiarlas',
  nothing: (typed) => `Nada sobre «${typed}».`,
  devices: 'Modelos y dispositivos',
  hasDeviceTest: 'tiene la prueba del dispositivo.',
  found: (n) => counted(n, 'lugar', 'lugares'),
  aboutWord: (word) => `Qué significa «${word}»`,
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
      title: 'Todas las teclas',
      lead: 'Como están asignadas ahora. En Ajustes, Atajos hay preajustes para quien conoce labelme o CVAT.',
      sections: {},
    },
  },
};
