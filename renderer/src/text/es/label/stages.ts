// Spanish words for the stages of what runs.
import type { Catalogue } from '../../languages/catalogue.ts';

export const stages: Catalogue['label']['prompt']['stages'] = {
  heads: {
    'Read image': 'Leer imagen',
    'Read images': 'Leer imágenes',
    Encode: 'Codificar',
    Words: 'Palabras',
    Match: 'Coincidencia',
    Pass: 'Pasada',
    Maps: 'Mapas',
    Edges: 'Contornos',
    Device: 'Dispositivo',
    'Similar pixels': 'Píxeles parecidos',
    Image: 'Imagen',
    'Look at masks': 'Mirar máscaras',
    'Judge without it': 'Juzgar sin ella',
    'Run the model': 'Ejecutar el modelo',
    'Look at open images': 'Mirar imágenes abiertas',
    'Look at edges': 'Mirar contornos',
    'Check at full size': 'Comprobar a tamaño completo',
    'Compare settings': 'Comparar ajustes',
    'Make masks': 'Crear máscaras',
    'Make masks anew': 'Crear máscaras de nuevo',
    'Compare masks': 'Comparar máscaras',
  },
  of: (head, n, of) => `${head} ${n} de ${of}`,
  imageOf: (head, n, of) => `${head}, imagen ${n} de ${of}`,
  layer: (n) => `Capa ${n}`,
  round: (n, words) => `Ronda ${n}, ${words}`,
};
