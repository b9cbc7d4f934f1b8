// Portuguese: what to say for an error code: what happened, what is safe, what to do.
import type { Catalogue } from '../languages/catalogue.ts';
import { bytes, count } from '../plural.ts';

export const figures: Catalogue['figures'] = {
  tooLarge: (width, height, maxPixels) =>
    `${count(width)} × ${count(height)} px passa do limite de ${count(Math.floor(maxPixels / 1e6))} milhões de px.`,
  tooManyBytes: (size, most) => `Um arquivo de ${bytes(size)} passa do limite de ${bytes(most)}.`,
  stops: (format, percent) =>
    `Este arquivo ${format} para em ${percent}\u202f% da imagem. As outras imagens não são afetadas.`,
  damaged: (format, endsEarly) =>
    `Este arquivo ${format} está danificado: ${endsEarly ? 'termina cedo demais' : 'os dados não podem ser lidos'}. As outras imagens não são afetadas.`,
};

export const errors: Catalogue['errors'] = {
  fallback: 'Algo deu errado internamente. Seus rótulos estão seguros.',
  PROTOCOL_MISMATCH: 'A página e o motor são de versões diferentes. Recarregue a página.',
  CONNECTION_CLOSED: 'A conexão com o motor caiu. Tudo o que foi aceito está salvo.',
  PROJECT_LOCKED: 'Este projeto está aberto em outra janela. Você pode olhar, não editar.',
  PROJECT_TOO_NEW: 'Um Salience mais novo gravou este projeto. Atualize o programa para abri-lo.',
  PROJECT_REPLACED: 'Outra janela abriu outro projeto. Abra o seu de novo para continuar nele.',
  CATEGORY_CONFLICT: 'Outra janela mudou esta classe antes. Você vê o estado mais novo.',
  CATEGORY_UNKNOWN: 'Outra janela excluiu esta classe.',
  PROJECT_READ_ONLY:
    'Este projeto só pode ser lido aqui. Copie-o para uma pasta em que você possa gravar.',
  FOLDER_MISSING: 'A unidade não está conectada. Seus rótulos estão seguros.',
  DISK_FULL: 'Não salvo: o disco está cheio. Sua última alteração fica na memória.',
  NAME_TAKEN: 'Este nome já existe.',
  DOC_CONFLICT: 'Outra janela mudou este objeto antes. Você vê o estado mais novo.',
  IMAGE_MISSING: 'O arquivo não está mais na pasta. Seus rótulos estão seguros.',
  IMAGE_DAMAGED: 'O arquivo está danificado. As outras imagens não são afetadas.',
  IMAGE_UNSUPPORTED:
    'O Salience não lê esta imagem: só JPEG, PNG, WebP, TIFF, GIF, AVIF ou BMP. Converta-a para PNG.',
  IMAGE_EMPTY: 'O arquivo está vazio. Copie-o de novo.',
  IMAGE_TOO_LARGE: 'A imagem passa do limite de 12.000 px.',
  IMAGE_NAME:
    'O nome não é um caminho relativo, como um conjunto de dados exige. Renomeie o arquivo.',
  MODEL_HASH_MISMATCH:
    'Um arquivo do pacote do modelo foi alterado. Baixe-o ou gere-o de novo em Modelos.',
  PACK_BROKEN: 'O pacote do modelo está danificado. Baixe de novo a parte danificada em Modelos.',
  PROMPT_EMPTY: 'Digite ao menos um nome de classe.',
  INFERENCE_EXITED: 'O processo do modelo terminou. Nada se perdeu. Execute de novo.',
  INFERENCE_UNAVAILABLE: 'O modelo não consegue iniciar agora.',
  NETWORK_FAILED: 'A conexão caiu. Nada se perdeu.',
  HUB_UNREACHABLE:
    'O hub está inacessível. Nada se perdeu. Escolha um espelho ou adicione uma pasta em Modelos.',
  CERTIFICATE_UNTRUSTED: 'O certificado do hub não é confiável aqui. Nada foi baixado.',
  ACCESS_DENIED: 'Este modelo pede um token de acesso.',
  CHECKSUM_MISMATCH: 'O arquivo difere do publicado. Ele não foi instalado.',
};

/** Why a job stands still, or an image could not be done. */
export const reasons: Catalogue['reasons'] = {
  interrupted: () => 'O programa terminou durante esta tarefa. “Retomar” dá continuidade a ela.',
  closed: () => 'O programa foi fechado.',
  unsaved: () => 'Não foi possível salvar.',
  crashed: () => 'O processo do modelo terminou enquanto trabalhava nesta imagem.',
  endsAgain: () =>
    'O processo do modelo terminou três vezes seguidas. Execute de novo daqui a um minuto; se terminar outra vez, escolha outro dispositivo em Modelos.',
  classesGone: () => 'Todas as classes desta tarefa foram excluídas.',
  folderGone: (folder) =>
    `A pasta ${folder} não está mais lá. Reconecte o disco ou a unidade de rede e continue.`,
  gone: (image) => `${image} não está mais na pasta.`,
  notUtf8: (image) =>
    `O nome de ${image} no disco não é UTF-8, por isso o arquivo não pode ser aberto por ele. Renomeie o arquivo.`,
  oldName: (image) =>
    `O nome de ${image} não é texto UTF-8, como deixam os arquivos compactados antigos. Renomeie o arquivo.`,
  deadLink: (image, target) =>
    `${image} é um link para ${target}, onde não há imagem. Coloque a imagem lá ou exclua o link.`,
  unreadable: (fault) =>
    `O arquivo não pode ser lido (${fault}). Permita a leitura e tente de novo.`,
  otherSize: (image, [width, height], [widthNow, heightNow]) =>
    `${image} tinha ${count(width)} × ${count(height)} px ao ser anotada e agora tem ${count(widthNow)} × ${count(heightNow)} px; as anotações não serviriam. Coloque de volta o arquivo anterior.`,
};
