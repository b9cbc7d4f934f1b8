// Sentences about settings learned from corrections. They say what was seen on finished images, never what will be.
import type {
  CorrectionKnob,
  CorrectionReport,
  CorrectionUse,
  EdgeOffer,
  LeftOut,
  OpenImages,
  SinceThen,
} from '../../../../../electron/api/corrections/corrections.ts';
import { count, counted, duration, percent } from '../../plural.ts';

const images = (n: number) => counted(n, 'finished image', 'finished images');
const px = ({ pixels }: EdgeOffer) => `${count(Math.abs(pixels))} px`;
const drawn = ({ kind }: EdgeOffer) => (kind === 'thing' ? 'things' : 'stuff');

export const corrections = {
  title: 'Learn from corrections',
  intro:
    'Tries mask settings on the stored maps of images you finished. The model does not run, and nothing changes before you say so.',
  compare: 'Compare settings',
  again: 'Compare again',
  harder: 'Try harder',
  harderHint: 'Asks less of each change. What it finds is less certain.',
  stop: 'Stop',
  starting: 'Starting',
  background: 'Settings are being compared in the background.',
  few: (n: number) => `Finish ${counted(n, 'more image', 'more images')} to compare settings.`,
  none: 'Settings were not compared yet.',
  offer: 'Your corrections suggest other settings.',
  evidence: ({ images, up, down, alike, now, then }: CorrectionReport) =>
    `On the ${count(images)} images you finished they fit better in ${count(up)}, worse in ${count(down)}, alike in ${count(alike)} (mean overlap ${count(Math.round(100 * now))} → ${percent(then)}, each image judged by settings chosen without it). Other images may gain less or nothing.`,
  open: ({ changed, images, looked }: OpenImages) =>
    looked < images
      ? `${count(changed)} of ${count(looked)} open images that were looked at would change.`
      : `${count(changed)} of ${counted(images, 'open image', 'open images')} would change.`,
  mustRun: (n: number, of: number) =>
    `${count(n)} of ${counted(of, 'open image', 'open images')} must be run again to change.`,
  edges: (found: EdgeOffer) =>
    found.pixels > 0
      ? `You draw ${drawn(found)} about ${px(found)} wider than proposed`
      : `You draw ${drawn(found)} about ${px(found)} narrower than proposed`,
  edgeMasks: ({ up, masks }: EdgeOffer) =>
    `(${count(up)} of ${counted(masks, 'corrected mask', 'corrected masks')}).`,
  edgesUse: (found: EdgeOffer) =>
    found.pixels > 0 ? `Grow proposals by ${px(found)}` : `Shrink proposals by ${px(found)}`,
  show: 'Compare',
  hide: 'Hide',
  use: 'Use them',
  notNow: 'Not now',
  back: 'Go back to the settings before',
  inUse: 'In use',
  verdicts: {
    few: ({ missing }: CorrectionReport) =>
      `Finish ${counted(missing, 'more image', 'more images')} to compare settings.`,
    untouched: () => 'Every mask was accepted as it was. Nothing to learn from.',
    doubtFirst: ({ missing }: CorrectionReport) =>
      `You finished the doubtful images first. Finish ${count(missing)} of the others before comparing.`,
    easyFirst: ({ missing }: CorrectionReport) =>
      `You finished the clear images first. Finish ${count(missing)} of the doubtful ones before comparing.`,
    wrongMaps: () =>
      'The maps do not show these classes well enough for settings to help. Try Tune (layer and head), another prompt or another pack.',
    stay: ({ tried }: CorrectionReport) =>
      `The settings in use fit your corrections as well as any tried (${count(tried)}).`,
    unclear: ({ up, down }: CorrectionReport) =>
      `Other settings look a little better on your images (${count(up)} up, ${count(down)} down), but not clearly. More finished images will tell.`,
  },
  prepare: ({ images, ms }: CorrectionReport['again']) =>
    ms > 0
      ? `Run the model on ${counted(images, 'finished image', 'finished images')} again, about ${duration(ms)}`
      : `Run the model on ${counted(images, 'finished image', 'finished images')} again`,
  weak: (names: readonly string[]) =>
    `The maps do not show ${new Intl.ListFormat('en').format(names)} well enough for settings to help. Try another prompt or synonyms.`,
  since: ({ up, down }: SinceThen) => `Since then: ${count(up)} up, ${count(down)} down.`,
  worse: 'Images finished since then fit worse with these settings than with those before.',
  details: 'Details',
  knob: 'Setting',
  now: 'Now',
  suggested: 'Suggested',
  knobs: {
    things: 'Threshold of things',
    stuff: 'Threshold of stuff',
    rule: 'Threshold rule',
    colour: 'Colour width of edges',
    reach: 'Reach of edges, px',
    blur: 'Blur',
    temperature: 'Temperature',
    passes: 'Weights of passes',
  } satisfies Record<CorrectionKnob, string>,
  values: {
    constant: 'background of one height',
    grey: 'cut below',
    binary: 'all or nothing',
    now: 'as they are',
    all: 'all alike',
    first: 'first pass alone',
  } as { readonly [value: string]: string },
  gain: 'Mean change, held out',
  spread: 'Its error',
  agree: 'Choices that agree',
  tried: 'Settings tried',
  points: (value: number) => `${value < 0 ? '−' : '+'}${percent(Math.abs(value), 1)}`,
  error: (value: number) => `± ${percent(value, 1)}`,
  leftOut: {
    noRun: (n: number) => `${images(n)} had no run of the model.`,
    noMaps: (n: number) =>
      n === 1 ? '1 finished image has no maps any more.' : `${images(n)} have no maps any more.`,
    otherModel: (n: number) => `${images(n)}: run with another model or method.`,
    otherRun: (n: number) => `${images(n)}: run with other words, passes or layers.`,
    otherFile: (n: number) => `${images(n)}: the file is another one now, or cannot be read.`,
    nothing: (n: number) => `${images(n)}: no accepted mask of a class that was asked for.`,
    copies: (n: number) => `${images(n)}: the same as another one.`,
    older: (n: number) => `${images(n)}: the latest ones have the say.`,
  } satisfies Record<keyof LeftOut, (n: number) => string>,
  pairs: 'Before and after, the most changed first',
  pair: (name: string) => `${name}: proposals now, and with the settings suggested`,
  before: 'Now',
  after: 'Suggested',
  more: 'Show more',
  noPairs: 'No open image would change.',
  drawing: 'Masks are being made.',
  usedToast: ({ changed, vanished }: CorrectionUse) =>
    `${counted(changed + vanished, 'proposal', 'proposals')} changed. Accepted masks stay.`,
};
