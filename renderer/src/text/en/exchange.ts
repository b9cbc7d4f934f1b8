// Sentences of the import and export dialogs.
import { importing } from './exchange/importing.ts';
import { exportWords } from '../../../../electron/api/said/exportWords.ts';
import { count, counted } from '../plural.ts';
import { formats } from './exchange/formats.ts';

export const exchange = {
  exportTitle: 'Export',
  doneTitle: 'Exported and read back',
  format: 'Format',
  formats,
  warnings: exportWords,
  importing,
  which: 'Images',
  all: 'All images',
  reviewed: 'Reviewed only',
  picked: (n: number) => `${counted(n, 'selected image', 'selected images')}`,
  proposals: 'Proposals too',
  proposalsHint: 'Off: accepted masks only.',
  classes: 'Classes',
  noClass: 'Choose at least one class.',
  split: 'Split off for validation',
  fileName: 'File name',
  target: 'Folder',
  targetDefault: 'Beside the images',
  choose: 'Choose',
  start: 'Export',
  next: 'Next',
  back: 'Back',
  checkTitle: 'Export, 2 of 2: check',
  checkFirst: 'Look through the masks first',
  startN: (masks: number) => `Export ${counted(masks, 'mask', 'masks')}`,
  startWithout: (images: number) => `Export without ${counted(images, 'image', 'images')}`,
  running: 'Writing and reading back',
  writing: (done: number, of: number) => `Writing ${count(done)} of ${count(of)}`,
  readingBack: (done: number, of: number) => `Reading back ${count(done)} of ${count(of)}`,
  differs: (images: number, name: string) =>
    images === 1
      ? `${name} reads back differently. The file was not kept.`
      : `${name} and ${counted(images - 1, 'other image reads', 'other images read')} back differently. The file was not kept.`,
  figures: {
    images: (n: number) => (n === 1 ? 'image' : 'images'),
    masks: (n: number) => (n === 1 ? 'mask, equal' : 'masks, all equal'),
    classes: (n: number) => (n === 1 ? 'class' : 'classes'),
    files: (n: number) => (n === 1 ? 'one file' : counted(n, 'file', 'files')),
  },
  openReport: 'Open report',
  reportTitle: 'Report of the export',
  reported: (n: number) =>
    `${counted(n, 'remark', 'remarks')} of the check, written to the report:`,
  showIt: 'Show it',
  isThere: (name: string, when: string) => `${name} is already there (${when}).`,
  replace: 'Replace',
  keepBoth: 'Keep both',
  anotherFormat: 'Another format',
  backTo: 'Back to export',
  copyPath: 'Copy path',
  showInFolder: 'Show in folder',
  checks: {
    looking: 'Looking through the masks',
    head: (masks: number, images: number) =>
      `${counted(masks, 'mask', 'masks')} in ${counted(images, 'image', 'images')}.`,
    nothing: 'Nothing stands out.',
    proposalsOut: (n: number) =>
      `${counted(n, 'proposal', 'proposals')} left out. Accept them, or go back and switch them on.`,
    classesOut: (n: number) =>
      `${counted(n, 'mask', 'masks')} of other classes left out, as asked.`,
    unreviewedOut: (n: number) =>
      `${counted(n, 'image', 'images')} left out that nobody has reviewed, as asked.`,
    doNotStop: 'These do not stop the export. They are written to the report.',
    stopped: 'What is marked red stops the export: the format cannot be written like this.',
    skips: (n: number) =>
      `What is marked red cannot be written in this format. ${counted(n, 'image', 'images')} would be left out and named in the report.`,
    skipped: (n: number) =>
      `${counted(n, 'image', 'images')} left out that the format cannot be written with, as asked.`,
    otherFormat: 'Another format',
    to: 'To',
    show: (n: number) => `Show ${count(n)}`,
    showFirst: (n: number) => `Show the first ${count(n)}`,
    decide: (n: number) => `Decide ${count(n)}`,
    fillIn: 'Fill in',
    keepOne: 'Keep one of each',
    nothingToDo: 'nothing to do',
    kept: (masks: number, images: number) =>
      `${counted(masks, 'mask', 'masks')} deleted in ${counted(images, 'image', 'images')}.`,
    onlyLocked: 'Locked masks stay: nothing was deleted.',
    grades: {
      stop: 'Stops the export',
      warn: 'Warning',
      question: 'Question',
      info: 'Note',
      fine: 'Fine',
    },
    rules: {
      classes: 'More classes than fit',
      crowded: 'More objects than fit in an image',
      nameless: 'No name for a file',
      sharedFile: 'Two images, one file',
      missing: 'Images that are away or damaged',
      tiny: 'Tiny masks',
      overlap: 'Overlaps of two classes',
      twice: 'Same mask twice',
      undecided: 'Undecided in reviewed images',
      unsaid: 'Without a needed field',
      border: 'Touching the border',
      files: 'Files',
    },
    hints: {
      classes: 'the format has no number for all of them',
      crowded: 'the format has no room for all of them',
      nameless: 'nothing stands before the first dot of the image’s name',
      sharedFile: 'names that differ only in their ending; rename an image file',
      missing: 'their files cannot be read',
      tiny: 'under 16 px, often slips of the brush',
      overlap: 'over 20 % of the smaller one',
      twice: 'one class, nearly the same pixels',
      undecided: 'proposals that nobody decided',
      unsaid: 'objects that lack what their class asks',
      border: 'things that are cut off',
      files: 'every image is there',
    },
  },
  importTitle: 'Import labels',
  /** Stands where the chosen file's name will. */
  source:
    'A COCO, CVAT, Label Studio or VIA file, or a folder of labelme, YOLO, Supervisely, Pascal VOC or PNG masks',
  chooseFile: 'Choose file',
  chooseLabels: 'Choose folder',
  chosenFile: 'The chosen file',
  chosenFolder: 'The chosen folder',
  asAccepted: 'As accepted masks',
  asProposals: 'As proposals',
  asProposalsHint: 'you decide later',
  found: (format: string, images: number, masks: number, classes: number) =>
    `${format}: ${counted(images, 'image', 'images')}, ${counted(masks, 'mask', 'masks')}, ${counted(classes, 'class', 'classes')}.`,
  imported: (images: number, masks: number) =>
    `${counted(images, 'image', 'images')} and ${counted(masks, 'mask', 'masks')} imported.`,
  problems: (n: number) => `${counted(n, 'entry', 'entries')} skipped:`,
  changes: 'Read with a change:',
  skip: 'Skip broken entries',
  turnAlong: 'Turn labels along: they were made on the pictures as stored',
  importNow: 'Import',
  moreProblems: (n: number) => `and ${count(n)} more`,
};
