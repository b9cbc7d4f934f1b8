// Sentences about the first model for photographs, the choice of a model, and CUDA.
import { counted } from '../../plural.ts';

export const first = {
  title: 'Ready for photographs in one step',
  fits: (size: string, gpu: boolean) =>
    gpu
      ? `fits this computer: its GPU passed the test. ${size} once, no network afterwards.`
      : `fits this computer: good without a GPU. ${size} once, no network afterwards.`,
  drawnOnly: 'The built-in model knows drawn things only.',
  knows: (size: string) => `knows photographs: ${size} once, no network afterwards.`,
  get: (size: string) => `Get it, ${size}`,
  others: 'Other models',
  arriving: (name: string) => `${name} is on its way. It is chosen by itself when it is ready.`,
  meanwhile: 'Type class names and draw meanwhile.',
  waitingRun: 'The run on the open image begins then.',
  useDrawnMeanwhile: 'Use the drawn-scenes model meanwhile',
  pause: 'Pause',
  cancel: 'Cancel',
  goOn: 'Go on',
  paused: (name: string, percent: string) => `${name} is paused at ${percent}. Nothing is lost.`,
  stopped: (name: string) => `${name} did not arrive.`,
  runWhenReady: 'Run when ready',
  runsThen: (name: string) => `Runs when ${name} is ready. I again takes it back.`,
  pressToWait: (name: string) => `Press I to run when ${name} is ready, or draw with B.`,
  waits: (name: string) => `Runs when ${name} is ready.`,
  waitsNoMore: 'The run waits no more.',
  chosen: (name: string) => `${name} is ready and in use.`,
  useDrawn: 'Use the drawn-scenes model',
  getting: (name: string, how: string) => `Getting ${name}, ${how}`,
  noAnswer: (name: string) => `${name}: the download stopped`,
};

export const choice = {
  title: 'How masks are found',
  model: 'Model',
  needs: 'Needs',
  oneImage: 'One pass, here',
  here: 'On this computer',
  measured: 'measured here',
  notMeasured: 'not measured yet',
  memory: (size: string) => `${size} memory`,
  toFetch: (size: string, licence: string) => `${size}, ${licence}`,
  stays: 'Proposals stay until you run again. Accepted masks never change.',
  all: 'Models and devices',
  use: 'Use this model',
  getAndUse: (size: string) => `Get ${size} and use`,
  explain: 'How masks are found',
};

export const cuda = {
  title: 'CUDA for NVIDIA cards',
  text: 'With an NVIDIA card CUDA is the fastest. Its libraries are not in the package.',
  look: 'What it needs',
  offer: (name: string, size: string, host: string) => `${name}, ${size}, from ${host}.`,
  nvidia: 'NVIDIA’s own CUDA and cuDNN are no part of it; which versions it needs is read from it.',
  get: (size: string) => `Get it, ${size}`,
  getting: 'Getting CUDA’s libraries',
  stop: 'Stop',
  needs: (products: string, names: readonly string[]) =>
    `Fetched. It needs ${products} from NVIDIA: ${names.join(', ')}.`,
  needsOnly: (names: readonly string[]) => `Fetched. It needs of NVIDIA: ${names.join(', ')}.`,
  unreachable: (found: string) =>
    `The package feed cannot be reached: ${found}. Behind a proxy set HTTPS_PROXY. Nothing was changed.`,
  fetched: 'Fetched. What it needs of NVIDIA’s could not be read from it: the test tells.',
  missing: (names: readonly string[]) =>
    `Not found here: ${counted(names.length, 'library', 'libraries')}, ${names.join(', ')}. Install them, or name their folder in LD_LIBRARY_PATH, and start Salience again.`,
  complete: 'All of it is here. Test CUDA now.',
};
