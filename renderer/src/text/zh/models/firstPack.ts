// Chinese sentences about the first model for photographs, the choice of a model, and CUDA.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, listed } from '../../plural.ts';

export const first: Catalogue['models']['first'] = {
  title: '一步即可用于照片',
  fits: (size, gpu) =>
    gpu
      ? `适合此计算机：其 GPU 已通过测试。一次下载 ${size}，之后无需网络。`
      : `适合此计算机：没有 GPU 也很好用。一次下载 ${size}，之后无需网络。`,
  drawnOnly: '内置模型只认识手绘内容。',
  knows: (size) => `认识照片：一次下载 ${size}，之后无需网络。`,
  get: (size) => `获取，${size}`,
  others: '其他模型',
  arriving: (name) => `${name} 正在下载。就绪后会自动选用。`,
  meanwhile: '其间可输入类别名称并绘制。',
  waitingRun: '届时开始运行打开的图像。',
  useDrawnMeanwhile: '其间使用手绘场景模型',
  pause: '暂停',
  cancel: '取消',
  goOn: '继续',
  paused: (name, percent) => `${name} 暂停于 ${percent}。没有丢失任何内容。`,
  stopped: (name) => `${name} 未能下载。`,
  runWhenReady: '就绪后运行',
  runsThen: (name) => `${name} 就绪后运行。再按 I 取消。`,
  pressToWait: (name) => `按 I 在 ${name} 就绪后运行，或按 B 绘制。`,
  waits: (name) => `${name} 就绪后运行。`,
  waitsNoMore: '不再等待运行。',
  chosen: (name) => `${name} 已就绪并在使用。`,
  useDrawn: '使用手绘场景模型',
  getting: (name, how) => `正在获取 ${name}，${how}`,
  noAnswer: (name) => `${name}：下载已停止`,
};

export const choice: Catalogue['models']['choice'] = {
  title: '如何查找掩膜',
  model: '模型',
  needs: '需要',
  oneImage: '一遍，在此',
  here: '在此计算机上',
  measured: '在此测量',
  notMeasured: '尚未测量',
  memory: (size) => `${size} 内存`,
  toFetch: (size, licence) => `${size}，${licence}`,
  stays: '再次运行前建议保持不变。已接受的掩膜绝不更改。',
  all: '模型和设备',
  use: '使用此模型',
  getAndUse: (size) => `获取 ${size} 并使用`,
  explain: '如何查找掩膜',
};

export const cuda: Catalogue['models']['cuda'] = {
  title: '用于 NVIDIA 显卡的 CUDA',
  text: '有 NVIDIA 显卡时 CUDA 最快。其库文件不在安装包中。',
  look: '需要什么',
  offer: (name, size, host) => `${name}，${size}，来自 ${host}。`,
  nvidia: 'NVIDIA 自己的 CUDA 和 cuDNN 不包含在内；所需版本会从中读取。',
  get: (size) => `获取，${size}`,
  getting: '正在获取 CUDA 库文件',
  stop: '停止',
  needs: (products, names) => `已获取。它需要 NVIDIA 的 ${products}：${listed(names)}。`,
  needsOnly: (names) => `已获取。它需要 NVIDIA 的：${listed(names)}。`,
  unreachable: (found) =>
    `无法连接软件包源：${found}。如在代理之后，请设置 HTTPS_PROXY。没有任何更改。`,
  fetched: '已获取。无法从中读出需要 NVIDIA 的哪些内容：测试会说明。',
  missing: (names) =>
    `在此未找到 ${count(names.length)} 个库：${listed(names)}。请安装，或在 LD_LIBRARY_PATH 中指明其文件夹，然后重新启动 Salience。`,
  complete: '全部齐备。现在请测试 CUDA。',
};
