// Chinese words for error codes: what happened, what is safe, what to do.
import type { Catalogue } from '../languages/catalogue.ts';
import { bytes, count } from '../plural.ts';

/** Sentences for errors that bring their own figures. */
export const figures: Catalogue['figures'] = {
  tooLarge: (width, height, maxPixels) =>
    `${count(width)} × ${count(height)} px 超过 ${count(Math.floor(maxPixels / 1e6))} 百万像素的上限。`,
  tooManyBytes: (size, most) => `文件大小 ${bytes(size)} 超过 ${bytes(most)} 的上限。`,
  stops: (format, percent) => `此 ${format} 文件在图片的 ${percent}% 处中断。其他图像不受影响。`,
  damaged: (format, endsEarly) =>
    `此 ${format} 文件已损坏：${endsEarly ? '过早结束' : '数据无法读取'}。其他图像不受影响。`,
};

export const errors: Catalogue['errors'] = {
  fallback: '内部出错。标注是安全的。',
  PROTOCOL_MISMATCH: '页面与引擎的版本不同。请重新加载页面。',
  CONNECTION_CLOSED: '与引擎的连接已断开。所有已接受的内容都已保存。',
  PROJECT_LOCKED: '此项目已在另一窗口中打开。只能查看，不能编辑。',
  PROJECT_TOO_NEW: '此项目由更新版本的 Salience 写入。请更新程序后打开。',
  PROJECT_REPLACED: '另一窗口打开了另一个项目。请重新打开你的项目以继续。',
  CATEGORY_CONFLICT: '另一窗口先更改了此类别。现显示其较新状态。',
  CATEGORY_UNKNOWN: '另一窗口删除了此类别。',
  PROJECT_READ_ONLY: '此项目在此只能读取。请将其复制到可写入的文件夹。',
  FOLDER_MISSING: '驱动器未连接。标注是安全的。',
  DISK_FULL: '未保存：磁盘已满。最后的更改保留在内存中。',
  NAME_TAKEN: '此名称已被使用。',
  DOC_CONFLICT: '另一窗口先更改了此对象。现显示其较新状态。',
  IMAGE_MISSING: '文件已不在文件夹中。标注是安全的。',
  IMAGE_DAMAGED: '文件已损坏。其他图像不受影响。',
  IMAGE_UNSUPPORTED:
    '这不是 Salience 能读取的图片：JPEG、PNG、WebP、TIFF、GIF、AVIF 或 BMP。请转换为 PNG。',
  IMAGE_EMPTY: '文件为空。请重新复制。',
  IMAGE_TOO_LARGE: '图像超过 12,000 px 的上限。',
  IMAGE_NAME: '其名称不是数据集所需的相对路径。请重命名文件。',
  MODEL_HASH_MISMATCH: '模型包的某个文件已被更改。请在“模型”中重新获取或构建。',
  PACK_BROKEN: '模型包已损坏。请在“模型”中重新获取损坏的部分。',
  PROMPT_EMPTY: '请至少输入一个类别名称。',
  INFERENCE_EXITED: '模型进程已结束。没有丢失任何内容。请重新运行。',
  INFERENCE_UNAVAILABLE: '模型暂时无法启动。',
  NETWORK_FAILED: '连接中断。没有丢失任何内容。',
  HUB_UNREACHABLE: '无法连接模型库。没有丢失任何内容。请在“模型”中选择镜像或添加文件夹。',
  CERTIFICATE_UNTRUSTED: '模型库的证书在此不受信任。没有下载任何内容。',
  ACCESS_DENIED: '此模型需要访问令牌。',
  CHECKSUM_MISMATCH: '文件与发布的不同。未安装。',
};

/** Why a job stands still, or an image could not be done. */
export const reasons: Catalogue['reasons'] = {
  interrupted: () => '此作业运行时程序结束了。点击“继续”可接着运行。',
  closed: () => '程序已关闭。',
  unsaved: () => '保存失败。',
  crashed: () => '模型进程在处理此图像时结束了。',
  endsAgain: () =>
    '模型进程连续三次结束。请一分钟后再次运行；若再次结束，请在“模型”中选择其他设备。',
  classesGone: () => '此作业的类别已全部删除。',
  folderGone: (folder) => `文件夹 ${folder} 已不存在。请重新连接磁盘或网络共享，然后继续。`,
  gone: (image) => `${image} 已不在文件夹中。`,
  notUtf8: (image) => `磁盘上 ${image} 的名称不是 UTF-8，无法用它打开文件。请重命名该文件。`,
  oldName: (image) => `${image} 的名称不是 UTF-8 文本，常见于旧的压缩包。请重命名该文件。`,
  deadLink: (image, target) =>
    `${image} 是指向 ${target} 的链接，但那里没有图像。请把图像放到那里，或删除该链接。`,
  unreadable: (fault) => `文件无法读取（${fault}）。请允许读取，然后重试。`,
  otherSize: (image, [width, height], [widthNow, heightNow]) =>
    `${image} 标注时为 ${count(width)} × ${count(height)} px，现在为 ${count(widthNow)} × ${count(heightNow)} px；其标注将不再吻合。请放回原来的文件。`,
};
