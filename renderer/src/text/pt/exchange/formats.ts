// Portuguese sentences about the formats of an export.
import type { Catalogue } from '../../languages/catalogue.ts';

export const formats: Catalogue['exchange']['formats'] = {
  titles: {
    'coco-polygon': 'COCO, só polígonos',
    'coco-stuff': 'COCO de materiais',
    'coco-instances': 'COCO, um objeto por parte',
    'coco-panoptic': 'COCO panóptico',
    'yolo-seg': 'Segmentação YOLO',
    'mask-png': 'Máscaras PNG',
    cvat: 'Envio ao CVAT',
    'cvat-images': 'CVAT para imagens 1.1',
  },
  read: {
    'yolo-seg': 'Segmentação YOLO',
    'pascal-voc': 'Máscaras Pascal VOC, máscaras coloridas',
    'mask-png': 'Máscaras PNG',
    'cvat-images': 'CVAT para imagens 1.1',
  },
  notes: {
    coco: 'Máscaras exatas: polígonos nas bordas dos pixels, RLE para furos e várias partes.',
    'coco-polygon': 'Para leitores sem RLE: os furos são recortados por pontes sem largura.',
    'coco-stuff': 'Uma anotação RLE por classe e imagem.',
    'coco-instances': 'Anotações em várias partes viram uma por parte conexa.',
    'coco-panoptic':
      'panoptic.json e PNGs de segmentos. Objetos de coisas, um segmento por classe de material; sem sobreposição.',
    'yolo-seg':
      'Arquivos de texto para treino; um contorno por objeto, classes numeradas a partir de 0 na ordem da tabela.',
    'pascal-voc':
      'PNGs com paleta de classes e objetos, caixas XML, listas de imagens. No máximo 254 classes; sem sobreposição.',
    'mask-png': 'Um PNG indexado por imagem e classes.json. Mantém classes, não objetos isolados.',
    cvat: 'Um zip para “Upload annotations, COCO 1.0”; a tarefa precisa dos mesmos rótulos.',
    'cvat-images':
      'Um XML com máscaras exatas, atributos, oclusão e etiquetas; a tarefa precisa dos mesmos rótulos.',
    labelme: 'Um JSON por imagem para pôr ao lado; polígonos, ou formas de máscara onde há furos.',
    'label-studio':
      'tasks.json com máscaras de pincel e config.xml; as imagens vêm do armazenamento local da mesma pasta.',
  },
};
