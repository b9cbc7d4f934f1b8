// Reads X-AnyLabeling's JSON files: labelme's shapes with scores, attributes and turned rectangles.
import type { ImportFormat } from './format.ts';
import { labelmeImport } from './labelmeImport.ts';

export const xAnyLabelingImport: ImportFormat = {
  ...labelmeImport,
  id: 'x-anylabeling',
  title: 'X-AnyLabeling',
  note: 'Like labelme, with turned boxes; scores, difficult, attributes and unknown fields are kept.',
};
