// Chinese sentences of the frame and of everything shared by screens; each screen has its own file.
import { errors, figures, reasons } from './zh/errors.ts';
import { help } from './zh/help/help.ts';
import { clean } from './zh/label/clean.ts';
import { home } from './zh/home.ts';
import { label } from './zh/label.ts';
import { keys } from './zh/keys.ts';
import { edges } from './zh/label/edges.ts';
import { evidence } from './zh/evidence.ts';
import { exchange } from './zh/exchange.ts';
import { filter } from './zh/label/filter.ts';
import { jobs } from './zh/jobs.ts';
import { propagate } from './zh/label/propagate.ts';
import { review } from './zh/review.ts';
import { statistics } from './zh/statistics.ts';
import { tune } from './zh/tune.ts';
import { models } from './zh/models.ts';
import { said } from './zh/label/said.ts';
import { segment } from './zh/label/segment.ts';
import { settings } from './zh/settings.ts';
import type { Catalogue } from './languages/catalogue.ts';
import { count } from './plural.ts';

export const zh: Catalogue = {
  app: {
    name: 'Salience',
    version: (version) => `Salience ${version}`,
    connecting: '正在启动引擎',
    lost: '与 Salience 的连接已断开。已保存的内容是安全的，尚未保存的内容保留在此窗口中。',
    lostInBrowser:
      'Salience 已结束或无法连接。已保存的内容是安全的，尚未保存的内容保留在此窗口中。如果 Salience 仍在运行，请重新连接；否则请重新启动它，并在另一标签页中打开新链接。',
    reconnect: '重新连接',
    onlyLooks: (why) => `${why}只能查看，不能编辑。`,
    editHere: '在此编辑',
    asking: '已请求正在编辑此项目的窗口保存并放开它。',
    lookOnly: '此窗口仅供查看：选择“在此编辑”以进行更改。',
    displaced: (mine, other) =>
      other === null
        ? `另一窗口关闭了“${mine}”。只能查看，不能编辑。`
        : `另一窗口打开了“${other}”。“${mine}”只能查看，不能编辑。`,
    displacedHint: '此项目已不再打开：请重新打开以进行更改。',
    openAgain: (name) => `重新打开 ${name}`,
    goTo: (name) => `转到 ${name}`,
  },
  screens: {
    home: '主页',
    label: '标注',
    evidence: '依据',
    review: '复核',
    jobs: '作业',
    tune: '调优',
    statistics: '统计',
    models: '模型和设备',
    settings: '设置',
    help: '帮助',
  },
  empty: {
    evidence: '在此图像上运行模型以查看原因。',
  },
  topbar: {
    label: '项目和界面',
    projectMenu: '项目菜单',
    screens: '界面',
    search: '搜索操作、图像和类别',
    models: '模型和设备',
    method: (engine, pack) => {
      const name = engine === 'naclip' ? '相似度' : engine === 'car' ? '轮次' : engine;
      return pack === null ? name : `${name}，${pack}`;
    },
    settings: '设置',
    saved: '已保存',
    saving: '正在保存',
    notSaved: '未保存',
    savedAt: (time) => `已保存 ${time}`,
    trouble: {
      kept: '此窗口打开期间，更改保留在内存中。',
      saveCopy: '保存副本',
      giveUp: '放弃此更改',
      givenUp: '已放弃更改。现显示已保存的内容。',
      stuck: '项目不接受此更改，其中也没有任何变动。请重试、保存副本或放弃更改。',
      fileName: (image) => `${image.replace(/^.*\//, '').replace(/\.[^.]+$/, '')}.coco.json`,
    },
    closeProject: '关闭项目',
    openFolder: '打开图像文件夹',
    exportData: '导出',
    fallback: '所选设备未按要求运行。',
    builtIn: '内置模型',
  },
  status: {
    label: '状态',
    keysHint: '按 ? 查看按键',
    masks: (percent) => `掩膜 ${percent}%`,
    scanning: (n) => `正在读取文件夹，已有 ${count(n)} 张图像`,
    jobs: (n) => `${count(n)} 个作业正在运行`,
    of: (done, total) => `${count(done)} / ${count(total)}`,
  },
  common: {
    cancel: '取消',
    close: '关闭',
    done: '完成',
    undo: '撤销',
    redo: '重做',
    tryAgain: '重试',
    details: '详情',
    dismiss: '忽略',
    clearFilter: '清除筛选',
    loading: '正在加载',
    none: '无',
    goThere: '前往',
    notifications: '通知',
    resizePanel: (name) => `调整 ${name} 的大小`,
  },
  /** Files that were dropped on the window. */
  drop: {
    image: (name) => `${name} 是一张图像。请拖放它所在的文件夹：其中的图像会一起打开。`,
    unknown: (name) => `${name} 无法打开。请拖放图像文件夹、项目或标注文件（JSON、XML、ZIP）。`,
    folderInBrowser: '浏览器不会告知拖放的文件夹在哪里。请改为选择它：Ctrl+O。',
    labelsInBrowser: '浏览器不会告知拖放的文件在哪里。请改为选择它：项目菜单，导入标注。',
    labelsFirst: (name) => `请先打开图像文件夹，再拖放 ${name}。`,
  },
  objects: (n) => `${count(n)} 个对象`,
  proposals: (n) => `${count(n)} 条建议`,
  classes: (n) => `${count(n)} 个类别`,
  px: (n) => `${count(n)} px`,
  help,
  home,
  label,
  keys,
  edges,
  evidence,
  exchange,
  filter,
  jobs,
  propagate,
  review,
  statistics,
  tune,
  models,
  clean,
  said,
  segment,
  settings,
  errors,
  figures,
  reasons,
};
