// How a kind of file is called, and what to do with one that was not asked for.

export type KindId =
  | 'coco'
  | 'coco-results'
  | 'labelme'
  | 'x-anylabeling'
  | 'via'
  | 'label-studio'
  | 'supervisely'
  | 'supervisely-meta'
  | 'cvat-images'
  | 'lfs-pointer'
  | 'zip'
  | 'other';

export interface Kind {
  /** Only those that somebody acts on have an id of their own. */
  readonly id: KindId;
  /** Completes "this is ...". */
  readonly what: string;
  /** An order: "run git lfs pull in its folder". */
  readonly fix: string;
}

export const other = (what: string, fix: string): Kind => ({ id: 'other', what, fix });
