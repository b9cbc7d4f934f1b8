// German words for the steps that the engine takes.
import type { Catalogue } from '../../languages/catalogue.ts';
import { counted } from '../../plural.ts';

export const engineSteps: Catalogue['label']['engineSteps'] = {
  plain: {
    'Propose masks': 'Masken vorschlagen',
    'Apply thresholds': 'Schwellen anwenden',
    'Import annotations': 'Annotationen importieren',
    'Note on the image': 'Notiz zum Bild',
    'The file was replaced': 'Die Datei wurde ersetzt',
  },
  named: {
    'Clean up': (name) => `${name} aufräumen`,
    Propagate: (name) => `${name} übertragen`,
    'Change fields of': (name) => `Felder von ${name} ändern`,
    'Set the tag': (name) => `Stichwort ${name} setzen`,
    'Remove the tag': (name) => `Stichwort ${name} entfernen`,
    'Delete class': (name) => `Klasse ${name} löschen`,
  },
  counted: {
    'Delete label': (n) => `${counted(n, 'Annotation', 'Annotationen')} löschen`,
    'Set tag': (n) => `${counted(n, 'Stichwort', 'Stichwörter')} setzen`,
    'Remove tag': (n) => `${counted(n, 'Stichwort', 'Stichwörter')} entfernen`,
    'Delete double mask': (n) => `${counted(n, 'doppelte Maske', 'doppelte Masken')} löschen`,
    'Accept proposal': (n) => `${counted(n, 'Vorschlag', 'Vorschläge')} annehmen`,
    'Reject proposal': (n) => `${counted(n, 'Vorschlag', 'Vorschläge')} ablehnen`,
    'Change the class of proposal': (n) =>
      `Klasse von ${counted(n, 'Vorschlag', 'Vorschlägen')} ändern`,
  },
  merged: (name, into) => `Klasse ${name} in ${into} aufgehen lassen`,
};
