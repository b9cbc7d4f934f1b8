// Japanese sentences about the formats of an export.
import type { Catalogue } from '../../languages/catalogue.ts';

export const formats: Catalogue['exchange']['formats'] = {
  titles: {
    'coco-polygon': 'COCO（ポリゴンのみ）',
    'coco-stuff': 'COCO（不定形の領域）',
    'coco-instances': 'COCO（部分ごとに 1 オブジェクト）',
    'coco-panoptic': 'COCO パノプティック',
    'yolo-seg': 'YOLO セグメンテーション',
    'mask-png': 'PNG マスク',
    cvat: 'CVAT アップロード用',
    'cvat-images': 'CVAT 画像用 1.1',
  },
  read: {
    'yolo-seg': 'YOLO セグメンテーション',
    'pascal-voc': 'Pascal VOC のマスク、カラーマスク',
    'mask-png': 'PNG マスク',
    'cvat-images': 'CVAT 画像用 1.1',
  },
  notes: {
    coco: '正確なマスク: ピクセルの境界に沿うポリゴン、穴や複数の部分には RLE。',
    'coco-polygon': 'RLE を読めないプログラム向け: 穴は幅のない橋で切り込みます。',
    'coco-stuff': 'クラスと画像ごとに 1 つの RLE アノテーション。',
    'coco-instances': '複数の部分からなるアノテーションは、つながった部分ごとに 1 つになります。',
    'coco-panoptic':
      'panoptic.json とセグメントの PNG。物はオブジェクトごと、不定形のクラスは 1 セグメント。重なりなし。',
    'yolo-seg':
      '学習用のテキストファイル。オブジェクトごとに 1 つの輪郭、クラスは表の順に 0 から番号を付けます。',
    'pascal-voc':
      'クラスとオブジェクトのパレット PNG、XML の枠、画像リスト。最大 254 クラス、重なりなし。',
    'mask-png':
      '画像ごとに 1 つのインデックス PNG と classes.json。クラスは残りますが、個々のオブジェクトは残りません。',
    cvat: '「Upload annotations, COCO 1.0」用の zip。タスクに同じラベルが必要です。',
    'cvat-images':
      '正確なマスク、属性、遮蔽、タグを含む 1 つの XML。タスクに同じラベルが必要です。',
    labelme: '画像の隣に置く JSON を 1 枚ごとに。ポリゴン、穴がある場合はマスク形状。',
    'label-studio':
      'ブラシマスクの tasks.json と config.xml。画像は同じフォルダーのローカルストレージから読まれます。',
  },
};
