// The Chinese help page of words: each means one thing, in the window, on the command line and in the files.
import type { Catalogue } from '../../languages/catalogue.ts';

export const words: Catalogue['help']['topics']['words'] = {
  title: '本程序用语',
  lead: '每个词在窗口、命令行和文件中都只有一个含义。',
  sections: {
    salience: { heading: '显著度', body: ['模型为一个词看了哪里：图像上的一张图谱，0 至 1。'] },
    pass: { heading: '遍', body: ['对模型的一次询问。每一遍隐藏之前各遍看得最多的部分。'] },
    share: {
      heading: '占比',
      body: ['整体的一部分，以百分比表示：掩膜覆盖的图像，或一遍带来的显著度。'],
    },
    match: { heading: '匹配', body: ['类别与整张图像的符合程度，0 至 1，由模型自己回答。'] },
    margin: {
      heading: '领先',
      body: ['类别在其掩膜内领先下一类别的程度。在尚未检查稳定性时，领先小的掩膜存疑。'],
    },
    steady: {
      heading: '不稳定',
      body: [
        '三项设置（阈值、颜色、边缘范围）略有变化时，掩膜有多少会改变。超过 15% 的掩膜存疑，比领先小的更常出错。',
      ],
    },
    threshold: { heading: '阈值', body: ['像素归入类别所需的显著度。'] },
    head: {
      heading: '层和头',
      body: ['模型内部比较词语和图块的位置。有些头比其他头更善于找到物体。'],
    },
    window: { heading: '窗口', body: ['大图像中由“相似度”单独查看的部分；之后各窗口会合并。'] },
    round: {
      heading: '轮',
      body: ['“轮次”方法的一次循环：为剩余名称生成掩膜，并得到评判模型对每个的回答。'],
    },
    judge: { heading: '评判模型', body: ['一个 CLIP 模型，看到一个发现后说明哪个名称与之相符。'] },
    proposal: {
      heading: '建议',
      body: ['模型给出、尚无人决定的掩膜。以虚线显示，除非你要求，否则不导出。'],
    },
    reviewed: { heading: '已复核', body: ['你确认此图像上的一切都已决定。'] },
    run: {
      heading: '运行',
      body: ['模型对一张图像的一次回答，附有图谱。调整阈值无需再次使用模型。'],
    },
    job: {
      heading: '作业',
      body: ['对大量图像的工作：批处理、调优、基准测试。重新启动后会继续。'],
    },
    pack: {
      heading: '模型包',
      body: ['为本程序准备好的模型：计算图、词语和设置，附有校验和。'],
    },
  },
};
