// Spanish words for the steps that the engine takes.
import type { Catalogue } from '../../languages/catalogue.ts';
import { counted } from '../../plural.ts';

export const engineSteps: Catalogue['label']['engineSteps'] = {
  plain: {
    'Propose masks': 'Proponer máscaras',
    'Apply thresholds': 'Aplicar umbrales',
    'Import annotations': 'Importar anotaciones',
    'Note on the image': 'Nota de la imagen',
    'The file was replaced': 'El archivo fue reemplazado',
  },
  named: {
    'Clean up': (name) => `Limpiar ${name}`,
    Propagate: (name) => `Propagar ${name}`,
    'Change fields of': (name) => `Cambiar campos de ${name}`,
    'Set the tag': (name) => `Poner la etiqueta ${name}`,
    'Remove the tag': (name) => `Quitar la etiqueta ${name}`,
    'Delete class': (name) => `Eliminar la clase ${name}`,
  },
  counted: {
    'Delete label': (n) => `Eliminar ${counted(n, 'anotación', 'anotaciones')}`,
    'Set tag': (n) => `Poner ${counted(n, 'etiqueta', 'etiquetas')}`,
    'Remove tag': (n) => `Quitar ${counted(n, 'etiqueta', 'etiquetas')}`,
    'Delete double mask': (n) => `Eliminar ${counted(n, 'máscara repetida', 'máscaras repetidas')}`,
    'Accept proposal': (n) => `Aceptar ${counted(n, 'propuesta', 'propuestas')}`,
    'Reject proposal': (n) => `Rechazar ${counted(n, 'propuesta', 'propuestas')}`,
    'Change the class of proposal': (n) =>
      `Cambiar la clase de ${counted(n, 'propuesta', 'propuestas')}`,
  },
  merged: (name, into) => `Fusionar la clase ${name} con ${into}`,
};
