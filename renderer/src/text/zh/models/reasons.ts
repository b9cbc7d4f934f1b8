// Chinese: why a device runs, or does not.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

export const reasons: Catalogue['models']['reasons'] = {
  set: (device) => `已手动选择 ${device}。`,
  setFailed: (device) => `已手动选择 ${device}。它未通过自检。`,
  setNotHere: (device) => `已选择 ${device}，但此系统没有该设备，因此使用 CPU。`,
  untested: () => '尚未测试任何设备。',
  noneFaster: () => '已选择 CPU：通过测试的设备都没有明显更快。',
  nonePassed: () => '已选择 CPU：没有其他设备通过自检。',
  fastest: (device, passed) => `已选择 ${device}：在通过测试的 ${count(passed)} 个设备中最快。`,
  needsNvidia: () => '需要 x64 上的 Linux 和 NVIDIA 显卡。',
  needsWindows: () => '需要 Windows。',
  needsApple: () => '需要配备 Apple 芯片的 Mac。',
  notOnArm: () => '此版本不支持 ARM 上的 Linux。',
  differs: (n) => `其图与 CPU 的相差 ${count(n)}%。`,
  noNumbers: () => '其图中含有不是数字的值。',
  crashed: (device) => `${device} 导致模型进程崩溃。请更新显卡驱动程序。`,
  onlyCpu: (device) => `用于 CPU：${device} 无法使用。`,
  onlyCards: () => '用于显卡：CPU 不会因此更快。',
  noCard: (device) => `${device} 找不到可用的显卡。请检查显卡驱动程序。`,
  outOfMemory: (device) => `${device} 内存不足。请关闭其他程序或选择更小的模型。`,
  library: (kind, library) =>
    `CUDA 需要 ${kind} 库 ${library}，此计算机上没有。“salience devices cuda”会列出需要从 NVIDIA 获取的所有内容。`,
  notInstalled: () => '未安装运行时的 CUDA 库。“salience devices cuda”会说明将获取哪些内容。',
  otherLibrary: () =>
    '缺少 CUDA 或 cuDNN 库，或其版本不同。“salience devices cuda”会说明需要哪些库。',
  noNvidia: () => 'CUDA 找不到 NVIDIA 显卡，或其驱动程序过旧。',
  lost: (device) => `${device} 与显卡的连接已断开。`,
  notInBuild: (device) => `此系统的此版本不包含 ${device}。`,
  noHalf: (device) => `${device} 在此显卡上无法进行半精度计算。`,
  cannotRun: (device) => `${device} 无法运行此模型的某个步骤。`,
  failed: (device) => `${device} 无法运行模型。详情见日志。`,
};
