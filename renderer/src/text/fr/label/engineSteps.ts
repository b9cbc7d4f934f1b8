// French words for the steps that the engine takes.
import type { Catalogue } from '../../languages/catalogue.ts';
import { counted } from '../../plural.ts';

export const engineSteps: Catalogue['label']['engineSteps'] = {
  plain: {
    'Propose masks': 'Proposer des masques',
    'Apply thresholds': 'Appliquer les seuils',
    'Import annotations': 'Importer des annotations',
    'Note on the image': 'Note sur l’image',
    'The file was replaced': 'Le fichier a été remplacé',
  },
  named: {
    'Clean up': (name) => `Nettoyer ${name}`,
    Propagate: (name) => `Propager ${name}`,
    'Change fields of': (name) => `Modifier les champs de ${name}`,
    'Set the tag': (name) => `Mettre l’étiquette ${name}`,
    'Remove the tag': (name) => `Retirer l’étiquette ${name}`,
    'Delete class': (name) => `Supprimer la classe ${name}`,
  },
  counted: {
    'Delete label': (n) => `Supprimer ${counted(n, 'annotation', 'annotations')}`,
    'Set tag': (n) => `Mettre ${counted(n, 'étiquette', 'étiquettes')}`,
    'Remove tag': (n) => `Retirer ${counted(n, 'étiquette', 'étiquettes')}`,
    'Delete double mask': (n) => `Supprimer ${counted(n, 'masque en double', 'masques en double')}`,
    'Accept proposal': (n) => `Accepter ${counted(n, 'proposition', 'propositions')}`,
    'Reject proposal': (n) => `Rejeter ${counted(n, 'proposition', 'propositions')}`,
    'Change the class of proposal': (n) =>
      `Changer la classe de ${counted(n, 'proposition', 'propositions')}`,
  },
  merged: (name, into) => `Fusionner la classe ${name} dans ${into}`,
};
