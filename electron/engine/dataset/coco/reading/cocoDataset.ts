// What reading a COCO file takes and gives.
import type { Json } from '../../../../api/types.ts';
import type { ImageLibrary } from '../../pairing.ts';
import type { Problems } from '../../problems.ts';
import type { Control, DatasetImage, DatasetSource, JsonObject } from '../../types.ts';
import type { SplitLimits } from './splitJson.ts';

export interface ReadCocoOptions extends Control {
  /** Import what is sound; without it any item that must be left out is an IMPORT_INVALID error. */
  readonly skipBroken?: boolean;
  readonly limits?: SplitLimits;
  /**
   * The images that are there: the data set then has those of the file that are among them, under their
   * names here, with sizes that the file lacks. Without it names and sizes are the file's.
   */
  readonly library?: ImageLibrary | undefined;
}

/** A checked COCO file. Close it when done (`await using` works). */
export interface CocoDataset extends DatasetSource, AsyncDisposable {
  readonly imageCount: number;
  /** Sound annotations. */
  readonly annotationCount: number;
  readonly info: Json;
  readonly licenses: Json;
  /** Unknown top-level fields. */
  readonly extra: JsonObject;
  readonly problems: Problems;
  /** File names in the order of `images()`. */
  imageNames(): readonly string[];
  /** One image by its place in that order, from 0. */
  image(index: number): Promise<DatasetImage>;
  close(): Promise<void>;
}
