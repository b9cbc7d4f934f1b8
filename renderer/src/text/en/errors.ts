// What to say for an error code: what happened, what is safe, what to do.
import type { ErrorCode } from '../../../../electron/api/errors.ts';
import { bytes, count } from '../plural.ts';

/** Sentences for errors that bring their own figures. */
export const figures = {
  tooLarge: (width: number, height: number, maxPixels: number) =>
    `${count(width)} × ${count(height)} px is over the limit of ${count(Math.floor(maxPixels / 1e6))} million px.`,
  tooManyBytes: (size: number, most: number) =>
    `A file of ${bytes(size)} is over the limit of ${bytes(most)}.`,
  stops: (format: string, percent: number) =>
    `This ${format} file stops after ${percent} % of its picture. Other images are not affected.`,
  damaged: (format: string, endsEarly: boolean) =>
    `This ${format} file is damaged: ${endsEarly ? 'it ends too early' : 'its data cannot be read'}. Other images are not affected.`,
};

export const errors: Partial<Record<ErrorCode, string>> & { readonly fallback: string } = {
  fallback: 'Something went wrong inside. Your labels are safe.',
  PROTOCOL_MISMATCH: 'The page and the engine are of different versions. Reload the page.',
  CONNECTION_CLOSED: 'The connection to the engine ended. Everything accepted is saved.',
  PROJECT_LOCKED: 'This project is open in another window. You can look, not edit.',
  PROJECT_TOO_NEW: 'A newer Salience wrote this project. Update the program to open it.',
  PROJECT_REPLACED: 'Another window opened another project. Open yours again to go on in it.',
  CATEGORY_CONFLICT: 'Another window changed this class first. Its newer state is shown.',
  CATEGORY_UNKNOWN: 'Another window deleted this class.',
  PROJECT_READ_ONLY: 'This project can only be read here. Copy it to a folder you can write.',
  FOLDER_MISSING: 'The drive is not connected. Your labels are safe.',
  DISK_FULL: 'Not saved: the disk is full. Your last change is kept in memory.',
  NAME_TAKEN: 'This name is taken.',
  DOC_CONFLICT: 'Another window changed this object first. Its newer state is shown.',
  IMAGE_MISSING: 'The file is no longer in the folder. Your labels are safe.',
  IMAGE_DAMAGED: 'The file is damaged. Other images are not affected.',
  IMAGE_UNSUPPORTED:
    'This is no picture that Salience reads: JPEG, PNG, WebP, TIFF, GIF, AVIF or BMP. Convert it to PNG.',
  IMAGE_EMPTY: 'The file is empty. Copy it again.',
  IMAGE_TOO_LARGE: 'The image is over the 12,000 px limit.',
  IMAGE_NAME: 'The file’s name is no relative path that a data set can hold. Rename the file.',
  MODEL_HASH_MISMATCH: 'A file of the model pack was changed. Get or build it again under Models.',
  PACK_BROKEN: 'The model pack is damaged. Get the damaged part again under Models.',
  PROMPT_EMPTY: 'Type at least one class name.',
  INFERENCE_EXITED: 'The model process ended. Nothing is lost. Run again.',
  INFERENCE_UNAVAILABLE: 'The model cannot start just now.',
  NETWORK_FAILED: 'The connection ended. Nothing is lost.',
  HUB_UNREACHABLE:
    'The hub cannot be reached. Nothing is lost. Choose a mirror or add a folder under Models.',
  CERTIFICATE_UNTRUSTED: 'The hub’s certificate is not trusted here. Nothing was downloaded.',
  ACCESS_DENIED: 'This model asks for an access token.',
  CHECKSUM_MISMATCH: 'The file differs from the published one. It was not installed.',
};
