// Steps that the engine takes, by what its log calls them.
import { counted } from '../../plural.ts';

export const engineSteps = {
  plain: {
    'Propose masks': 'Propose masks',
    'Apply thresholds': 'Apply thresholds',
    'Import annotations': 'Import annotations',
    'Note on the image': 'Note on the image',
    'The file was replaced': 'The file was replaced',
  },
  named: {
    'Clean up': (name: string) => `Clean up ${name}`,
    Propagate: (name: string) => `Propagate ${name}`,
    'Change fields of': (name: string) => `Change fields of ${name}`,
    'Set the tag': (name: string) => `Set the tag ${name}`,
    'Remove the tag': (name: string) => `Remove the tag ${name}`,
    'Delete class': (name: string) => `Delete class ${name}`,
  },
  counted: {
    'Delete label': (n: number) => `Delete ${counted(n, 'label', 'labels')}`,
    'Set tag': (n: number) => `Set ${counted(n, 'tag', 'tags')}`,
    'Remove tag': (n: number) => `Remove ${counted(n, 'tag', 'tags')}`,
    'Delete double mask': (n: number) => `Delete ${counted(n, 'double mask', 'double masks')}`,
    'Accept proposal': (n: number) => `Accept ${counted(n, 'proposal', 'proposals')}`,
    'Reject proposal': (n: number) => `Reject ${counted(n, 'proposal', 'proposals')}`,
    'Change the class of proposal': (n: number) =>
      `Change the class of ${counted(n, 'proposal', 'proposals')}`,
  },
  merged: (name: string, into: string) => `Merge class ${name} into ${into}`,
};
