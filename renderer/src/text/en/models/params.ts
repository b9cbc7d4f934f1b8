// Parameters of the engines, by their full names, and what their values are called.

export const params = {
  'car.confidence': 'Drop below',
  'car.mapThreshold': 'Map threshold',
  'car.maskThreshold': 'Prompt mask threshold',
  'car.blur': 'Prompt picture: blur',
  'car.gray': 'Prompt picture: grey',
  'car.black': 'Prompt picture: black',
  'car.circle': 'Prompt picture: circle',
  'naclip.strategy': 'Last block reads',
  'naclip.nearness': 'Nearness, patches',
  'naclip.shortSide': 'Short side, pixels',
  'naclip.windows': 'Windows',
  'masks.contrast': 'Contrast of words',
  'masks.smallestShare': 'Smallest share',
  'masks.backgroundFactor': 'Weight of the background',
};

export const values = {
  naclip: 'Near keys (naclip)',
  nonly: 'Nearness only (nonly)',
  kk: 'Keys (kk)',
  csa: 'Queries and keys (csa)',
  vanilla: 'As trained (vanilla)',
  auto: 'Automatic',
  on: 'On',
  off: 'Off',
};
