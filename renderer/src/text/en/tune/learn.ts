// Sentences about learning from accepted masks.
import type { LearnFigures } from '../../../../../electron/api/tuning.ts';
import { count, counted } from '../../plural.ts';

const whole = (share: number) => Math.round(100 * share);
const evidence = ({ images, up, down, alike, now, then }: LearnFigures) =>
  `On the ${count(images)} images you finished masks fit better in ${count(up)}, worse in ${count(down)}, alike in ${count(alike)} (mean overlap ${whole(now)} -> ${whole(then)} %, each image judged by a mix chosen without it).`;

export const learn = {
  title: 'Adapt Similarity to your images',
  intro:
    'Moves what Similarity looks for in each class from its words towards the look of your accepted masks. No training; your masks stay.',
  inUse: 'In use',
  measure: 'Measure it',
  again: 'Measure again',
  stop: 'Stop',
  starting: 'Starting',
  noClip: 'Needs a CLIP model. Get one in Models.',
  few: (n: number) =>
    `Finish ${counted(n, 'more image', 'more images')} with accepted masks to measure it.`,
  verdicts: {
    offer: (found: LearnFigures) => `${evidence(found)} Other images may gain less or nothing.`,
    few: () => 'Too few finished images to tell.',
    wrongMaps: () =>
      'Maps of Similarity do not show these classes well enough for this to help. Try another method, other words or another model.',
    stay: (found: LearnFigures) =>
      `Words alone fit your masks as well as any mix that was tried, on ${counted(found.images, 'image', 'images')}.`,
    unclear: (found: LearnFigures) =>
      `${evidence(found)} That is not clear enough. More finished images will tell.`,
  } satisfies Record<LearnFigures['verdict'], (found: LearnFigures) => string>,
  now: 'Words alone',
  then: 'With looks',
  better: 'Better, worse, alike',
  counts: ({ up, down, alike }: LearnFigures) => `${count(up)}, ${count(down)}, ${count(alike)}`,
  mix: 'Share of looks',
  classes: 'Classes with looks',
  model: 'Model',
  use: 'Use it in this project',
  leave: 'Back to words alone',
  usedToast: 'Similarity uses the look of your masks. Proposals stay until you run again.',
  leftToast: 'Similarity uses words alone again.',
  undone: 'The settings from before are in use again.',
};
