// Chinese help pages about the work: the tour, classes, batch and review, files.
import type { Catalogue } from '../../languages/catalogue.ts';

type Topics = Catalogue['help']['topics'];

export const tour: Topics['tour'] = {
  title: '五分钟导览',
  lead: '使用示例，就在此计算机上。每一步都有一个前往该处的按钮。',
  sections: {
    type: {
      heading: '输入图像中有什么',
      body: [
        '类别名称就是提示词。类别的其他词写入其详情：cup, mug。名称前的 ~ 表示背景材质，如 ~sky。',
      ],
    },
    propose: {
      heading: '让模型提出掩膜建议',
      body: ['虚线表示建议，实线表示你已接受。模型所做的一切都不会改变你接受的内容。'],
    },
    why: {
      heading: '查看原因',
      body: ['显著度是模型为一个词逐遍看了哪里。每一遍隐藏最强的图块，下一遍就必须看别处。'],
    },
    decide: {
      heading: '接受、拒绝或修正',
      body: ['一个键接受，一个键拒绝。用“分割”点击，用画笔涂绘，或用多边形沿边缘走。'],
    },
    rest: {
      heading: '让它完成其余部分',
      body: ['预标注所有图像，先看存疑的掩膜，导出时会读回文件进行检查。'],
    },
  },
};

export const classes: Topics['classes'] = {
  title: '类别和词',
  lead: '名称用于文件，词用于模型。',
  sections: {
    words: {
      heading: '其他词',
      body: [
        '类别可以有自己的提示词和同义词。文件中保留名称。模型遗漏时可添加同义词：couch 之外加 sofa。',
      ],
    },
    fields: {
      heading: '字段、标记和备注',
      body: [
        '类别可以对每个对象询问一些内容：勾选、选项、数字、文本。字段在类别的编辑器中；一个键在所选处打开它们，数字键设置其值。',
        '标记说明对象被遮挡、困难、为群体或被截断。备注附于对象或图像，标签附于图像。它们都会写入 COCO、CVAT 和 labelme 文件，并可用筛选查找：field:material=wood、is:occluded、tag:night。',
      ],
    },
    keys: {
      heading: '多个类别的按键',
      body: [
        '按键 1–9 选择类别。超过九个时，一个键把它们交给下一组九个，另一个键交给上一组九个；类别列表会显示按键属于谁。',
      ],
    },
    merge: {
      heading: '同一事物的两个名称',
      body: [
        '右键点击类别可将其合并到另一个类别：所有图像中的对象都会归入该类别，撤销一次即可恢复。',
      ],
    },
    threshold: {
      heading: '阈值',
      body: ['类别有一个阈值：较高则掩膜更紧，较低则更满。调整它无需重新运行，因为显著度已存储。'],
    },
    stuff: {
      heading: '物体和背景材质',
      body: [
        '物体可以计数，背景材质不能：天空、草地、道路。背景材质占用没有物体的像素，绝不拆分为对象。',
      ],
    },
  },
};

export const batch: Topics['batch'] = {
  title: '批处理和复核',
  lead: '模型整夜工作，你只看存疑的部分。',
  sections: {
    batch: {
      heading: '预标注所有图像',
      body: ['批处理在后台运行，重新启动后从停止处继续。有已接受掩膜的图像会保留它们。'],
    },
    review: {
      heading: '按类别复核',
      body: [
        '“复核”并排显示一个类别的建议，存疑的在前。用按键接受和拒绝；一次撤销可收回上一个决定。',
      ],
    },
    learn: {
      heading: '从修正中学习',
      body: [
        '有八张已完成的图像后，Salience 会在后台查看其他阈值或边缘是否更适合您的掩膜。它使用已存储的图，用不含该图像选出的设置来评判每张图像，并在更改前询问。一次撤销即可收回。',
        '您画得比建议更宽或更窄时，会单独提出。之后“复核”从变化最大的开始；“调优”中有数字，有十张图像后还会测量模型的每一层。',
      ],
    },
    filter: {
      heading: '查找图像',
      body: [
        '图像列表的筛选支持类别、状态、匹配、领先、面积、数量等，使用英文词：class:cup margin:<0.1 显示存疑的杯子。保存的筛选有快捷键。',
      ],
    },
  },
};

export const files: Topics['files'] = {
  title: '文件的导入和导出',
  lead: '图像绝不更改。项目是图像旁或你指定位置的一个文件。',
  sections: {
    project: {
      heading: '项目文件',
      body: [
        '每个决定都立即保存。一个项目可以打开两个窗口；当你选择在此编辑时，会请占用它的另一程序放开。',
      ],
    },
    import: {
      heading: '来自别处的标注',
      body: [
        'COCO、labelme、X-AnyLabeling、CVAT、VIA、Label Studio、Supervisely、YOLO、Pascal VOC 和掩膜图片可由内容识别。无法读取的会列出并说明原因。',
      ],
    },
    export: {
      heading: '导出',
      body: [
        'COCO，掩膜为 RLE 或多边形，以及对话框中列出的其他格式。文件先写在一旁并读回，然后才取得其名称。',
        '在此之前，对话框会统计值得一看的内容：极小的掩膜、重叠、重复的掩膜、无人决定的部分。',
      ],
    },
  },
};
