// English sentences of the frame and of everything shared by screens; each screen has its own file.
import { errors, figures } from './en/errors.ts';
import { help } from './en/help/help.ts';
import { clean } from './en/label/clean.ts';
import { home } from './en/home.ts';
import { label } from './en/label.ts';
import { keys } from './en/keys.ts';
import { edges } from './en/label/edges.ts';
import { evidence } from './en/evidence.ts';
import { exchange } from './en/exchange.ts';
import { filter } from './en/label/filter.ts';
import { jobs } from './en/jobs.ts';
import { propagate } from './en/label/propagate.ts';
import { review } from './en/review.ts';
import { statistics } from './en/statistics.ts';
import { tune } from './en/tune.ts';
import { models } from './en/models.ts';
import { said } from './en/label/said.ts';
import { segment } from './en/label/segment.ts';
import { settings } from './en/settings.ts';
import { workWords } from '../../../electron/api/said/workWords.ts';
import { count, counted } from './plural.ts';

export const en = {
  app: {
    name: 'Salience',
    version: (version: string) => `Salience ${version}`,
    connecting: 'Starting the engine',
    lost: 'The connection to Salience ended. What is saved is safe, and what is not saved yet stays in this window.',
    lostInBrowser:
      'Salience has ended or cannot be reached. What is saved is safe, and what is not saved yet stays in this window. Where Salience still runs, connect again; else start it again and open its new link in another tab.',
    reconnect: 'Connect again',
    onlyLooks: (why: string) => `${why} You can look, not edit.`,
    editHere: 'Edit here',
    asking: 'Where this project is edited now is asked to save and to let go of it.',
    lookOnly: 'This window only looks: choose Edit here to change something.',
    displaced: (mine: string, other: string | null) =>
      other === null
        ? `Another window closed “${mine}”. You can look, not edit.`
        : `Another window opened “${other}”. You can look at “${mine}”, not edit it.`,
    displacedHint: 'This project is not open any more: open it again to change something.',
    openAgain: (name: string) => `Open ${name} again`,
    goTo: (name: string) => `Go to ${name}`,
  },
  screens: {
    home: 'Home',
    label: 'Label',
    evidence: 'Evidence',
    review: 'Review',
    jobs: 'Jobs',
    tune: 'Tune',
    statistics: 'Statistics',
    models: 'Models and devices',
    settings: 'Settings',
    help: 'Help',
  },
  empty: {
    evidence: 'Run the model on this image to see why.',
  },
  topbar: {
    label: 'Project and screens',
    projectMenu: 'Project menu',
    screens: 'Screens',
    search: 'Search actions, images and classes',
    models: 'Models and devices',
    method: (engine: string, pack: string | null) => {
      const name = engine === 'naclip' ? 'Similarity' : engine === 'car' ? 'Rounds' : engine;
      return pack === null ? name : `${name}, ${pack}`;
    },
    settings: 'Settings',
    saved: 'Saved',
    saving: 'Saving',
    notSaved: 'Not saved',
    savedAt: (time: string) => `Saved ${time}`,
    trouble: {
      kept: 'The change is kept in memory while this window is open.',
      saveCopy: 'Save a copy',
      giveUp: 'Give this change up',
      givenUp: 'The change was given up. What is saved is shown.',
      stuck:
        'The project does not take this change, and nothing in it has moved on. Try again, save a copy, or give the change up.',
      fileName: (image: string) =>
        `${image.replace(/^.*\//, '').replace(/\.[^.]+$/, '')}.coco.json`,
    },
    closeProject: 'Close project',
    openFolder: 'Open a folder of images',
    exportData: 'Export',
    fallback: 'The chosen device does not do what was asked.',
    builtIn: 'Built-in model',
  },
  status: {
    label: 'Status',
    keysHint: 'Press ? for keys',
    masks: (percent: number) => `Masks ${percent} %`,
    scanning: (n: number) => `Reading the folder, ${counted(n, 'image', 'images')} so far`,
    jobs: (n: number) => `${counted(n, 'job', 'jobs')} running`,
    of: (done: number, total: number) => `${count(done)} of ${count(total)}`,
  },
  common: {
    cancel: 'Cancel',
    close: 'Close',
    done: 'Done',
    undo: 'Undo',
    redo: 'Redo',
    tryAgain: 'Try again',
    details: 'Details',
    dismiss: 'Dismiss',
    clearFilter: 'Clear filter',
    loading: 'Loading',
    none: 'None',
    goThere: 'Go there',
    notifications: 'Notifications',
    resizePanel: (name: string) => `Resize ${name}`,
  },
  /** Files that were dropped on the window. */
  drop: {
    image: (name: string) =>
      `${name} is one image. Drop the folder that it lies in: its images are opened together.`,
    unknown: (name: string) =>
      `${name} cannot be opened. Drop a folder of images, a project, or a file of labels (JSON, XML, ZIP).`,
    folderInBrowser:
      'A browser does not tell where a dropped folder lies. Choose it instead: Ctrl+O.',
    labelsInBrowser:
      'A browser does not tell where a dropped file lies. Choose it instead: project menu, Import labels.',
    labelsFirst: (name: string) => `Open the folder of images first, then drop ${name} again.`,
  },
  objects: (n: number) => counted(n, 'object', 'objects'),
  proposals: (n: number) => counted(n, 'proposal', 'proposals'),
  classes: (n: number) => counted(n, 'class', 'classes'),
  px: (n: number) => `${count(n)} px`,
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
  reasons: workWords,
};
