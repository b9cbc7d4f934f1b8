// Chinese sentences of cleaning up masks.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, fixed, percent } from '../../plural.ts';

const masks = (n: number) => `${count(n)} 个掩膜`;
const px = (value: number) => `${count(value)} px`;

export const clean: Catalogue['clean'] = {
  title: '清理',
  titleOf: (name) => `清理 ${name}`,
  close: '关闭清理',
  scope: '哪些掩膜',
  scopes: {
    selection: (n) => `所选，${count(n)}`,
    image: (n) => `此图像，${count(n)}`,
    class: '所有图像',
  },
  working: '处理中',
  stop: '停止',
  grid: '会改变的掩膜',
  gridHead: (changed, all, images) =>
    `${count(images)} 张图像的 ${masks(all)}中有 ${count(changed)} 个会改变。`,
  mostShown: (n) => `显示变化最大的 ${count(n)} 个。`,
  tile: (name, added, removed) => `${name}，−${px(removed)}，+${px(added)}；按下则保持原样`,
  leaveIt: '按下则保持此掩膜原样。按住 Q：照片。',
  left: '保持原样',
  legend: '颜色',
  takenAway: '去除',
  added: '添加',
  islands: '去除小于此值的孤岛',
  islandsDid: (n, of) => `${masks(of)}中的 ${count(n)} 个孤岛`,
  holes: '填充小于此值的孔洞',
  holesDid: (n, of) => `${masks(of)}中的 ${count(n)} 个孔洞`,
  smooth: '平滑',
  smoothHint: '窄于其两倍的尖刺和缺口会消失',
  grow: '扩大或收缩',
  growHint: '0 保持大小',
  simplify: '简化',
  simplifyHint: '减少顶点，对多边形格式有意义',
  simplifyDid: (before, after, error) =>
    `${count(before)} → ${count(after)} 个顶点，偏差最多 ${fixed(error, 1)} px`,
  off: '关',
  /** What a screen reader hears of a slider. */
  spoken: (value) => (value === 0 ? '关' : `${value} 像素`),
  changes: '会改变的掩膜',
  changesOf: (n, all) => `${count(n)} / ${count(all)}`,
  pixels: '像素',
  pixelsOf: (added, removed) => `−${px(removed)}，+${px(added)}`,
  area: '平均面积',
  areaBy: (share) =>
    share === 0 ? '不变' : `${share > 0 ? '+' : '−'}${percent(Math.abs(share), 1)}`,
  acceptedAmong: '其中已接受的',
  locked: '已锁定，保持原样',
  vanish: (n) => `${masks(n)}会失去最后一个像素。`,
  keepThem: '保持原样',
  deleteThem: '删除它们',
  accepted: '也包括已接受的掩膜',
  oneStep: '一步即可撤销',
  clean: (n) => `清理 ${masks(n)}`,
  reset: '重置',
  nothing: '用这些值不会有任何变化。',
  allOff: '移动滑块查看效果。',
  noMasks: '选择掩膜，或清理此图像上某一类别的全部掩膜。',
  cleaned: (n, name) => `已清理${name === null ? ' ' : ` ${name} 的 `}${masks(n)}`,
  undo: '撤销',
  history: (name, n) => (n === 1 ? `清理 ${name}` : `清理 ${masks(n)}`),
};
