// What every export and import format offers, so that the app and the command line can list them.
import type { ExportWarning } from '../../../api/said/exportWords.ts';
import type { CategoryId, Json } from '../../../api/types.ts';
import type { ImageLibrary } from '../pairing.ts';
import type { Problems } from '../problems.ts';
import type { Control, DatasetSource, JsonObject } from '../types.ts';

export interface ExportOptions extends Control {
  /** For single files: replace an existing one. Folders must be new or empty in any case. */
  readonly overwrite: boolean;
  /** Throws when what stands at a path may not be replaced. */
  readonly guard?: (path: string) => Promise<void>;
  /** Share of images, 0-1, that goes to `val`; the rest to `train`. Null = no split. */
  readonly split: Split | null;
  /** COCO `info`; other formats take what they have a place for. */
  readonly info: JsonObject;
  /** Sees a single file that is finished and checked, under its temporary name, before it appears. */
  readonly onFinished?: (temporaryPath: string) => Promise<void>;
  /** Distance in pixels that polygon formats may give up for fewer corners; 0 = exact. */
  readonly tolerancePx: number;
  /**
   * Which points polygons are made of, for YOLO. corner (default): pixel edges, exact by area. centre:
   * outermost pixels, exact for trainers that draw with OpenCV's fillPoly.
   */
  readonly frame?: 'corner' | 'centre';
  /** What an imported COCO file had besides its records; written back by the COCO formats. */
  readonly kept?: {
    readonly licenses: Json;
    readonly extra: JsonObject;
    /** Write the numbers of imported records again and number new ones past them. */
    readonly ids: boolean;
  };
}

export interface Split {
  readonly validation: number;
  readonly seed: number;
}

export interface FormatReport {
  readonly images: number;
  readonly annotations: number;
  /** Images that are not in it, told in the warnings. */
  readonly leftOut?: number;
  /** Main files and folders, relative to the target's folder. */
  readonly files: readonly string[];
  /** What the format could not hold, image by image; of each file at most 100 lines and a count. */
  readonly warnings: readonly ExportWarning[];
}

export interface FormatLimits {
  /** Most classes in the table. */
  readonly classes?: number;
  /** Most objects in one image. */
  readonly objects?: number;
  /**
   * What an image's own file is named after; images must differ in it, whatever the case. Empty: no such file can
   * be. Null: the image goes without one.
   */
  readonly stem?: (fileName: string) => string | null;
}

export interface ExportFormat {
  readonly id: string;
  readonly title: string;
  /** One line for the dialog: what it keeps and what it cannot. */
  readonly note: string;
  readonly kind: 'file' | 'folder';
  /** What makes the format impossible to write: its writer throws, and a check tells it before. */
  readonly limits?: FormatLimits;
  /** With its dot; for single files. */
  readonly extension: string;
  /**
   * Writes, reads everything back and compares. Throws FILE_EXISTS, DISK_FULL, EXPORT_MISMATCH or the
   * abort reason; the target then is as it was.
   */
  write(source: DatasetSource, target: string, options: ExportOptions): Promise<FormatReport>;
}

/** What an importer must know of the images that are there. */
export interface KnownImage {
  readonly fileName: string;
  /** Oriented size in pixels. */
  readonly width: number;
  readonly height: number;
}

export interface ImportOptions extends Control {
  /** Import what is sound; without it anything left out is an IMPORT_INVALID error. */
  readonly skipBroken: boolean;
  /** Images to attach annotations to, for formats that do not name them or their size themselves. */
  readonly images: readonly KnownImage[];
  /** The same with sizes that are read when they are asked for; made of `images` when not given. */
  readonly library?: ImageLibrary | undefined;
}

export interface ImportedDataset extends DatasetSource, AsyncDisposable {
  readonly problems: Problems;
  /** Category ids are those of the file, not made up by the reader. */
  readonly hasOwnNumbers?: boolean;
}

export interface ImportFormat {
  readonly id: string;
  readonly title: string;
  /** One line: what is read and what is kept of it. */
  readonly note: string;
  readonly kind: 'file' | 'folder';
  open(path: string, options: ImportOptions): Promise<ImportedDataset>;
}

/** Which part of the data set is exported. */
export interface Subset {
  readonly only: 'all' | 'reviewed';
  /** Empty = all. Every category stays in the table. */
  readonly categoryIds: readonly (CategoryId | number)[];
}
