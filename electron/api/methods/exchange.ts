// Methods of data sets: to files and from files.
import type { AnnotationId, CategoryId, Handle, ImageId } from '../types.ts';
import type { ImportReason } from '../said/importWords.ts';
import type { ExportWarning } from '../said/exportWords.ts';
import type { Method, None, Progress } from './method.ts';

export interface ExportReport {
  readonly images: number;
  readonly annotations: number;
  /** Classes with masks in it. */
  readonly classes: number;
  /** On the disk; `files` counts those in folders too. */
  readonly size: { readonly files: number; readonly bytes: number };
  readonly files: readonly string[];
  /** What was written: a file, or the folder of several. */
  readonly written: Handle;
  /** Its path, for a person who looks for it. */
  readonly path: string;
  /** Images that are not in the export; the warnings say why. */
  readonly leftOut: number;
  readonly warnings: readonly ExportWarning[];
  /** The report beside the data, where the masks were looked through; null where it could not be written. */
  readonly check: { readonly path: string; readonly text: string; readonly remarks: number } | null;
}

/** Which images and masks are meant. */
export interface ExportWanted {
  readonly only: 'all' | 'reviewed';
  /** Only these of them. */
  readonly imageIds?: readonly ImageId[];
  /** None named = all of them. */
  readonly categoryIds: readonly CategoryId[];
  readonly includeProposals: boolean;
}

/** Of a check also the format: what cannot be written depends on it. */
export interface ExportAsked extends ExportWanted {
  readonly format?: string;
}

/** What is looked for before an export: see engine/exchange/before/checkExport.ts. */
export type ExportRule =
  ExportStop | 'missing' | 'tiny' | 'overlap' | 'twice' | 'undecided' | 'unsaid' | 'border';

/**
 * Why a format cannot be written at all: it has no number for every class, no room for all objects of an image, no name
 * for an image's file, or one file for two images.
 */
export type ExportStop = 'classes' | 'crowded' | 'nameless' | 'sharedFile';

/** Of a single image: an export can go on without it. */
export type ExportImageStop = Exclude<ExportStop, 'classes'>;

export interface ExportPlace {
  readonly imageId: ImageId;
  /** Of the image in the list by name, from 1: as the filter's `#3`. */
  readonly place: number;
  /** Null: the image itself. */
  readonly annotationId: AnnotationId | null;
}

export interface ExportLeftOut {
  /** Of classes that are wanted, in images that are. */
  readonly proposals: number;
  /** Accepted masks of other classes, in images that are wanted. */
  readonly otherClasses: number;
  /** Images that nobody has marked as reviewed. */
  readonly unreviewed: number;
}

export interface ExportCheck {
  readonly images: number;
  /** That would be written. */
  readonly masks: number;
  /** What the wishes keep out of the files. */
  readonly leftOut: ExportLeftOut;
  /** Images that the format cannot be written with, and their masks: what an export can go on without. */
  readonly stopped: { readonly images: number; readonly masks: number };
  /** In the order of their weight; `places` are the first ones. */
  readonly rows: readonly {
    readonly rule: ExportRule;
    readonly count: number;
    readonly places: readonly ExportPlace[];
  }[];
}

/** What is deleted where masks are the same. */
export interface ExportKeptOne {
  readonly masks: number;
  readonly images: number;
}

export interface ImportReport {
  /** The format that was read. */
  readonly format: { readonly id: string; readonly title: string };
  readonly images: number;
  readonly annotations: number;
  /** Classes that the project has of them; names that are one class here count once. */
  readonly categories: number;
  /** Labels that are not in the project now. */
  readonly leftOut: number;
  /** Images whose labels would fit the picture as it is stored, before its EXIF turn. */
  readonly turnedLeftOut: number;
  /** What is not wrong but worth knowing, as sentences. */
  readonly notes: readonly string[];
  readonly problems: readonly {
    readonly path: string;
    readonly message: string;
    /** The sentence as a code; missing where it has none yet. */
    readonly why?: ImportReason;
    /** How often more the same was repaired; the message says it too. */
    readonly more?: number;
    /** skipped: not in the project; repaired: it is, with the change that the message states. */
    readonly effect: 'skipped' | 'repaired';
  }[];
}

export interface ExchangeMethods {
  'export.start': Method<
    {
      format: string;
      target: Handle | null;
      fileName: string;
      only: 'all' | 'reviewed';
      /** Only these of them. */
      imageIds?: readonly ImageId[];
      categoryIds: readonly CategoryId[];
      split: { readonly validation: number; readonly seed: number } | null;
      includeProposals: boolean;
      /**
       * What becomes of a file that is there: unless told, FILE_EXISTS with its name and time. A folder
       * with something in it is never replaced.
       */
      ifThere?: 'replace' | 'keepBoth';
      /** Look through the masks first, and write what was found into a report beside the data. */
      check?: boolean;
      /** Leave out the images that the format cannot be written with; the warnings name them. */
      skipStopped?: boolean;
    },
    ExportReport,
    Progress
  >;
  /** What is worth a look before an export; nothing is written. */
  'export.check': Method<ExportAsked, ExportCheck, Progress>;
  /** Deletes all but one of masks that are the same, as one step. */
  'export.keepOne': Method<ExportAsked, ExportKeptOne, Progress>;
  /** Where the files would go, for a person; nothing is written. */
  'export.place': Method<
    { format: string; target: Handle | null; fileName: string; isSplit: boolean },
    { path: string }
  >;
  'export.formats': Method<
    None,
    { formats: readonly { id: string; title: string; note: string; kind: 'file' | 'folder' }[] }
  >;

  'import.start': Method<
    {
      /** Null: recognised by what the file or folder holds. */
      format: string | null;
      source: Handle;
      as: 'accepted' | 'proposal';
      dryRun: boolean;
      skipBroken: boolean;
      /** Labels were made on the pictures as they are stored: turn them by the EXIF orientation. */
      asStored?: boolean | undefined;
    },
    ImportReport,
    Progress
  >;
}
