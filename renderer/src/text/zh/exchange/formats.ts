// Chinese sentences about the formats of an export.
import type { Catalogue } from '../../languages/catalogue.ts';

export const formats: Catalogue['exchange']['formats'] = {
  titles: {
    'coco-polygon': 'COCO，仅多边形',
    'coco-stuff': 'COCO 填充物',
    'coco-instances': 'COCO，每个部分一个对象',
    'coco-panoptic': 'COCO 全景',
    'yolo-seg': 'YOLO 分割',
    'mask-png': 'PNG 掩膜',
    cvat: 'CVAT 上传',
    'cvat-images': 'CVAT 图像版 1.1',
  },
  read: {
    'yolo-seg': 'YOLO 分割',
    'pascal-voc': 'Pascal VOC 掩膜、彩色掩膜',
    'mask-png': 'PNG 掩膜',
    'cvat-images': 'CVAT 图像版 1.1',
  },
  notes: {
    coco: '精确掩膜：沿像素边缘的多边形，孔洞和多个部分用 RLE。',
    'coco-polygon': '适合不支持 RLE 的程序：孔洞用零宽度的桥切入。',
    'coco-stuff': '每个类别和图像一个 RLE 标注。',
    'coco-instances': '由多个部分组成的标注会变为每个连通部分一个标注。',
    'coco-panoptic': 'panoptic.json 和分段 PNG。物体逐个，填充物每类一段；无重叠。',
    'yolo-seg': '用于训练的文本文件；每个对象一条轮廓，类别按表中顺序从 0 编号。',
    'pascal-voc': '类别和对象的调色板 PNG、XML 框、图像列表。最多 254 个类别；无重叠。',
    'mask-png': '每张图像一个索引 PNG，外加 classes.json。保留类别，不保留单个对象。',
    cvat: '用于“Upload annotations, COCO 1.0”的 zip；任务需有相同的标签。',
    'cvat-images': '一个 XML，含精确掩膜、属性、遮挡和标签；任务需有相同的标签。',
    labelme: '每张图像一个 JSON，放在旁边；多边形，有孔洞处用掩膜形状。',
    'label-studio': 'tasks.json 含画笔掩膜，另有 config.xml；图像来自同一文件夹的本地存储。',
  },
};
