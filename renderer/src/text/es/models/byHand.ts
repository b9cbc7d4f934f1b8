// Spanish sentences about models that people fetch themselves.
import type { Catalogue } from '../../languages/catalogue.ts';

export const byHand: Catalogue['models']['byHand'] = {
  get: 'Cómo obtenerlo',
  title: (name) => `Obtener ${name}`,
  why: 'Este modelo se publica sin suma de comprobación, así que Salience no lo descarga por sí mismo.',
  fetch: (file, size, atLeast) =>
    `1. Descargue ${file} (${atLeast ? 'al menos' : 'unos'} ${size}) en un navegador desde esta dirección:`,
  copy: 'Copiar la dirección',
  copied: 'Dirección copiada.',
  choose:
    '2. Elija la carpeta en la que está. El archivo se lee sin ejecutar nada de él, y se conserva su SHA-256.',
  licence: (licence) => `Licencia: ${licence}.`,
  chooseFolder: 'Elegir la carpeta',
  orMore: (size) => `≥ ${size}`,
};
