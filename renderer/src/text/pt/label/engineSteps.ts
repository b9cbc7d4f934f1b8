// Portuguese words for the steps that the engine takes.
import type { Catalogue } from '../../languages/catalogue.ts';
import { counted } from '../../plural.ts';

export const engineSteps: Catalogue['label']['engineSteps'] = {
  plain: {
    'Propose masks': 'Propor máscaras',
    'Apply thresholds': 'Aplicar limiares',
    'Import annotations': 'Importar anotações',
    'Note on the image': 'Nota da imagem',
    'The file was replaced': 'O arquivo foi substituído',
  },
  named: {
    'Clean up': (name) => `Limpar ${name}`,
    Propagate: (name) => `Propagar ${name}`,
    'Change fields of': (name) => `Alterar campos de ${name}`,
    'Set the tag': (name) => `Pôr a etiqueta ${name}`,
    'Remove the tag': (name) => `Tirar a etiqueta ${name}`,
    'Delete class': (name) => `Excluir a classe ${name}`,
  },
  counted: {
    'Delete label': (n) => `Excluir ${counted(n, 'rótulo', 'rótulos')}`,
    'Set tag': (n) => `Pôr ${counted(n, 'etiqueta', 'etiquetas')}`,
    'Remove tag': (n) => `Tirar ${counted(n, 'etiqueta', 'etiquetas')}`,
    'Delete double mask': (n) => `Excluir ${counted(n, 'máscara repetida', 'máscaras repetidas')}`,
    'Accept proposal': (n) => `Aceitar ${counted(n, 'proposta', 'propostas')}`,
    'Reject proposal': (n) => `Rejeitar ${counted(n, 'proposta', 'propostas')}`,
    'Change the class of proposal': (n) =>
      `Mudar a classe de ${counted(n, 'proposta', 'propostas')}`,
  },
  merged: (name, into) => `Mesclar a classe ${name} em ${into}`,
};
