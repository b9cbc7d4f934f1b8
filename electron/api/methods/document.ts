// Methods of what a person labels: classes, images, edits, unfinished work.
import type {
  Annotation,
  AnnotationId,
  Category,
  CategoryChange,
  CategoryId,
  Handle,
  ImageId,
  ImageRecord,
  ImageStatus,
  Parked,
  Revision,
  RleMask,
  SampleSide,
  Transaction,
} from '../types.ts';
import type { ImageFilter } from '../job.ts';
import type { RunSummary } from '../run.ts';
import type { Method, None, Progress } from './method.ts';

/** What a person had said of images: said again, it takes another word back. Untouched = nothing. */
export type EarlierWords = readonly {
  readonly status: ImageStatus;
  readonly imageIds: readonly ImageId[];
}[];

export interface DocumentMethods {
  /** Changes fields of classes, all or none. A field that is not what `before` says is a conflict. */
  'category.save': Method<
    { changes: readonly CategoryChange[] },
    { categories: readonly Category[] }
  >;
  'category.add': Method<
    { names: readonly string[] },
    { categories: readonly Category[]; added: readonly CategoryId[] }
  >;
  /** What deleting a class would touch. */
  'category.uses': Method<
    { id: CategoryId },
    { annotations: number; accepted: number; images: number }
  >;
  /**
   * Takes a class out of the list as one step that undo brings back. Its annotations get the class
   * `moveTo`; without one they are deleted.
   */
  'category.remove': Method<
    { id: CategoryId; moveTo?: CategoryId },
    { categories: readonly Category[]; annotations: number; images: number }
  >;
  'category.importCoco': Method<
    { file: Handle },
    { categories: readonly Category[]; added: readonly CategoryId[] }
  >;

  'image.list': Method<
    { cursor: number; limit: number; filter: ImageFilter; order: 'name' | 'doubt' | 'status' },
    { total: number; images: readonly ImageRecord[] }
  >;
  /** How many images fit each of these filters, in the filter language. */
  'image.counts': Method<{ filters: readonly string[] }, { counts: readonly number[] }>;
  'image.open': Method<
    { imageId: ImageId },
    {
      image: ImageRecord;
      url: string;
      scaledUrl: string;
      /** Where tiles are: `<tileUrl>/<name>` as in tiles.ts; null = the image is shown as one. */
      tileUrl: string | null;
      annotations: readonly Annotation[];
      revision: Revision;
      run: RunSummary | null;
      parked: readonly Parked[];
    }
  >;
  'image.setStatus': Method<
    { imageIds: readonly ImageId[]; status: ImageStatus },
    { images: readonly ImageRecord[]; before: EarlierWords }
  >;
  /** Those of these images with proposals that nobody has decided. */
  'image.undecided': Method<{ imageIds: readonly ImageId[] }, { imageIds: readonly ImageId[] }>;
  /**
   * Deletes every label of these images that is not locked, as one step that undo brings back; rejected
   * proposals stay as they are. `dryRun` only counts.
   */
  'image.clearLabels': Method<
    { imageIds: readonly ImageId[]; dryRun: boolean },
    { annotations: number; images: number; locked: number }
  >;
  /** Position of the next image that is not reviewed, in name order; null when there is none. */
  'image.next': Method<
    { imageId: ImageId; step: 1 | -1; filter: ImageFilter },
    { imageId: ImageId | null; index: number }
  >;
  /**
   * Makes a copy of an image that is over the size limit, as large as the limit allows, as a new file
   * beside it, and takes it into the project. `done` of the progress counts bytes of the copy.
   */
  'image.reduce': Method<{ imageId: ImageId }, { image: ImageRecord }, Progress>;
  /** The full path of an image's file, for a person who looks for it. */
  /** The latest run of an image, and the class of its most doubtful proposal: what is looked at first there. */
  'image.run': Method<
    { imageId: ImageId },
    { run: RunSummary | null; categoryId: CategoryId | null }
  >;
  'image.path': Method<{ imageId: ImageId }, { path: string }>;
  /** Shows an image's file in the system's file manager, where the host can: see `showsFiles`. */
  'image.showFile': Method<{ imageId: ImageId }, None>;

  'doc.commit': Method<
    { transaction: Transaction; baseRevision: Revision },
    { revision: Revision }
  >;
  /**
   * Proposes objects of one image on others, as one step: where the salience of their class is alike, at the
   * same place where none is stored. Reviewed images are left out, and nothing that is there is changed.
   * Counts the images when `dryRun`.
   */
  'doc.propagate': Method<
    {
      ids: readonly AnnotationId[];
      to: 'next' | 'alike' | 'picked';
      /** Most images; of picked ones all are meant. */
      count: number;
      /** Of 'picked'. */
      images?: readonly ImageId[];
      dryRun: boolean;
    },
    {
      images: number;
      /** Masks placed by salience, and those at the same place. */
      bySalience: number;
      asDrawn: number;
      /** Masks that are there already, that the model saw nothing of, and images that cannot be read. */
      leftOut: { there: number; absent: number; unread: number };
      /** Whether looks of the objects are stored. */
      known: boolean;
    },
    Progress
  >;
  'doc.undo': Method<
    None,
    { transaction: Transaction | null; revision: Revision; imageName: string }
  >;
  'doc.redo': Method<
    None,
    { transaction: Transaction | null; revision: Revision; imageName: string }
  >;
  'doc.history': Method<
    { imageId: ImageId | null; limit: number },
    {
      entries: readonly {
        revision: Revision;
        label: string;
        imageId: ImageId;
        at: string;
        undone: boolean;
      }[];
      canUndo: string | null;
      canRedo: string | null;
    }
  >;

  /** Stores unfinished work with its image and replaces work of the same id. `held`: the window is editing it. */
  'parked.keep': Method<{ parked: Omit<Parked, 'holder'>; held: boolean }, None>;
  /** The work is finished: an object came of it. Unknown ids are fine. */
  'parked.remove': Method<{ id: string }, None>;
  /** Throws unfinished work away as a step that undo brings back. */
  'parked.discard': Method<{ id: string; label: string }, None>;
  /**
   * Stays open as long as the window lives. When it ends, unfinished work that the window was editing is
   * released.
   */
  'parked.hold': Method<None, None>;

  /** Pixels whose colour differs from that around the point by at most `tolerance`, 0-255 of the largest channel. */
  'mask.wand': Method<
    {
      imageId: ImageId;
      x: number;
      y: number;
      tolerance: number;
      contiguous: boolean;
      sample: SampleSide;
    },
    { mask: RleMask },
    Progress
  >;
}
