// What is wrong with a byte of a data set, for people.

const OPEN_ARRAY = 0x5b;

export function unexpected(byte: number, wanted: string): string {
  return `found ${JSON.stringify(String.fromCharCode(byte))} where ${wanted} was expected`;
}

export function wrongStart(byte: number): string {
  if (byte === OPEN_ARRAY)
    return 'is a list; a COCO data set is an object with images, annotations, categories (COCO result lists need their data set)';
  if (byte === 0xff || byte === 0xfe || byte === 0)
    return 'is not UTF-8 text; save the file as UTF-8';
  return unexpected(byte, "'{'");
}
