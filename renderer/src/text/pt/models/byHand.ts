// Portuguese: models that people fetch themselves.
import type { Catalogue } from '../../languages/catalogue.ts';

export const byHand: Catalogue['models']['byHand'] = {
  get: 'Como obter',
  title: (name) => `Obter ${name}`,
  why: 'Este modelo é publicado sem soma de verificação, por isso o Salience não o baixa sozinho.',
  fetch: (file, size, atLeast) =>
    `1. Baixe ${file} (${atLeast ? 'ao menos' : 'cerca de'} ${size}) em um navegador deste endereço:`,
  copy: 'Copiar o endereço',
  copied: 'Endereço copiado.',
  choose:
    '2. Escolha a pasta em que ele está. O arquivo é lido sem executar nada nele, e o SHA-256 é guardado.',
  licence: (licence) => `Licença: ${licence}.`,
  chooseFolder: 'Escolher a pasta',
  orMore: (size) => `≥ ${size}`,
};
