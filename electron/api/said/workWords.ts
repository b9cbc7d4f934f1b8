// Why a job stands still, or an image could not be done.
import { AppError, type ErrorCode } from '../errors.ts';
import { isSaid, say, type Said } from './said.ts';

/** Width and height in pixels. */
type Size = readonly [width: number, height: number];

export const workWords = {
  interrupted: () => 'The program ended while this job was running. Resume to go on.',
  closed: () => 'The program was closed.',
  unsaved: () => 'Saving failed.',
  crashed: () => 'The model process ended while it worked on this image.',
  endsAgain: () =>
    'The model process ended three times in a row. Run again in a minute; if it ends again, choose another device in Models.',
  classesGone: () => 'The classes of this job were all deleted.',
  folderGone: (folder: string) =>
    `The folder ${folder} is not there any more. Put it back (a disk, a network share), then go on.`,
  gone: (image: string) => `${image} is not in the folder any more.`,
  notUtf8: (image: string) =>
    `The name of ${image} on the disk is not UTF-8, so that the file cannot be opened by it; rename the file.`,
  oldName: (image: string) =>
    `${image} has a name that is not UTF-8 text, as old archives leave it; rename the file.`,
  deadLink: (image: string, target: string) =>
    `${image} is a link to ${target}, where no image is; put the image there or delete the link.`,
  unreadable: (fault: string) =>
    `The file cannot be read (${fault}). Allow it to be read, then try again.`,
  otherSize: (image: string, [width, height]: Size, [widthNow, heightNow]: Size) =>
    `${image} was ${width} x ${height} when it was labelled and is ${widthNow} x ${heightNow} now; its annotations would not fit. Put the earlier file back.`,
};

export type WorkReason = Said<typeof workWords>;

/** Where values are not all words. */
const KINDS = { otherSize: ['string', 'size', 'size'] } as const;

export const isWorkReason = (why: unknown): why is WorkReason => isSaid(workWords, why, KINDS);

/** An error that a window says in its own words. */
export const workError = (code: ErrorCode, why: WorkReason): AppError =>
  new AppError(code, say(workWords, why), { data: { why } });
