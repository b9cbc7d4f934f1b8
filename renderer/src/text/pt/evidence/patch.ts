// Portuguese sentences of the patch that was clicked.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

export const patch: Catalogue['evidence']['patch'] = {
  title: 'Bloco clicado',
  at: (row, column, rows, columns) => `${row}, ${column} de ${rows} × ${columns}`,
  none: 'Clique em um bloco para ver pelo que é tomado. Com teclas: setas, depois Enter.',
  busy: 'Olhando',
  cannot: 'Este método não sabe dizer.',
  cosine: (value) => `Similaridade ${value}`,
  shares: (n) => `Parcelas de todas as ${count(n)} palavras, com as de fundo.`,
  under: (share) => `Todas abaixo de ${share}: fundo.`,
  near: 'Com proximidade',
  alone: 'Sem,',
  aloneNote: 'só chaves',
  listens: (window, all) =>
    all === 1
      ? 'Onde este bloco escuta no último nível.'
      : `Onde este bloco escuta no último nível, na janela ${window} de ${all}.`,
  took: (time) => `Lido em ${time}`,
};
