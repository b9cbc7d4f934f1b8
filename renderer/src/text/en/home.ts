// Sentences of the start screen and of the folder browser.
import { count, counted } from '../plural.ts';

export const home = {
  title: 'Label images, and see why',
  subtitle: 'Type class names. The model proposes masks and shows what it looked at. You decide.',
  openTitle: 'Open a folder of images',
  openHint: 'Your files are only read, never changed, copied or uploaded.',
  openHintDrop: 'Or drop it here. Your files are only read, never changed, copied or uploaded.',
  chooseFolder: 'Choose folder',
  formats: 'JPEG, PNG, WebP, TIFF, BMP, up to 12,000 px a side',
  importLabels: 'Import labels',
  openProject: 'Open project',
  startHere: 'Start here',
  sampleTitle: 'Try the sample project',
  sampleText:
    'Drawn scenes and a small model that is already on this computer. First mask in about 20 seconds.',
  openSample: 'Open sample',
  /** Typed in for the first scene, so that one key shows a mask. */
  sampleClasses: ['umbrella', 'ball', 'crab'],
  whatIsInside: 'What is inside',
  insideTitle: 'The sample project',
  insideText:
    'Drawn scenes with animals, food, buildings and shapes. The built-in model knows drawn things only, runs on any processor and asks for nothing to be downloaded. The project is a copy of its own: try everything, nothing of yours is touched.',
  steps: [
    { title: 'Type class names', text: 'umbrella, ball, crab' },
    { title: 'Look at the salience', text: 'why the model chose a place' },
    { title: 'Accept or correct', text: 'Enter, Backspace, brush' },
  ],
  illustration: 'A drawn scene with three masks: yellow circle 0.96, blue star 0.94, car 0.91',
  recent: 'Recent projects',
  recentCount: (n: number) => counted(n, 'project', 'projects'),
  noRecent: 'Projects you open stand here.',
  reviewed: (done: number, total: number) => `${count(done)} of ${count(total)} reviewed`,
  missing: 'The drive is not connected. Your labels are safe.',
  findFolder: 'Find folder',
  forget: 'Remove from this list',
  opening: 'Opening',
  browseFolder: 'Choose a folder',
  browseProject: 'Choose a project',
  browseFile: 'Choose a file of labels',
  browseLabels: 'Choose a folder of labels',
  chooseThis: 'Choose this folder',
  emptyFolder: 'Nothing to open here.',
  noFolders: 'No folders in here.',
  goUp: 'One folder up',
  imagesHere: (n: number) => counted(n, 'image', 'images'),
};
