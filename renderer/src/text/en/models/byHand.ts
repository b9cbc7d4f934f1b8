// Models that people fetch themselves.
export const byHand = {
  get: 'How to get it',
  title: (name: string) => `Get ${name}`,
  why: 'This model is published without a checksum, so Salience does not download it by itself.',
  fetch: (file: string, size: string, atLeast: boolean) =>
    `1. Fetch ${file} (${atLeast ? 'at least' : 'about'} ${size}) in a browser from this address:`,
  copy: 'Copy the address',
  copied: 'Address copied.',
  choose:
    '2. Choose the folder in which it lies. The file is read without running anything in it, and its SHA-256 is kept.',
  licence: (licence: string) => `Licence: ${licence}.`,
  chooseFolder: 'Choose the folder',
  /** A narrow column holds no more words. */
  orMore: (size: string) => `≥ ${size}`,
};
