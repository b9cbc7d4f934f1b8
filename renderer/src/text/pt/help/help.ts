// Portuguese words around the help pages.
import type { Catalogue } from '../../languages/catalogue.ts';
import { counted } from '../../plural.ts';
import { clicks, engines, salience } from './method.ts';
import { words } from './words.ts';
import { batch, classes, files, tour } from './work.ts';

export const help: Catalogue['help'] = {
  title: 'Ajuda',
  pages: 'Páginas da ajuda',
  find: 'Buscar na ajuda',
  local: 'Tudo está neste computador. Nada é baixado.',
  back: 'Voltar à imagem',
  backElsewhere: 'Voltar',
  start: 'Começar com o exemplo',
  showMe: 'Mostrar',
  keysOf: (screen) => `Teclas da tela ${screen}`,
  allKeys: 'Todas as teclas, mudar teclas',
  nothing: (typed) => `Nada em “${typed}”.`,
  devices: 'Modelos e dispositivos',
  hasDeviceTest: 'tem o teste do dispositivo.',
  found: (n) => counted(n, 'lugar', 'lugares'),
  aboutWord: (word) => `O que “${word}” quer dizer`,
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
      title: 'Todas as teclas',
      lead: 'Como estão definidas agora. Predefinições para quem conhece labelme ou CVAT estão em Ajustes, Atalhos.',
      sections: {},
    },
  },
};
