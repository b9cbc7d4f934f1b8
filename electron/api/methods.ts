// The method map: name -> input, output and progress event. Both ends are typed from it;
// the engine parses every input (the page is not trusted), events are trusted.
import type {
  Annotation,
  AnnotationId,
  BatchRequest,
  Category,
  CategoryChange,
  CategoryId,
  CudaLibraries,
  DeviceSummary,
  Handle,
  ImageFilter,
  ImageId,
  ImageRecord,
  ImageStatus,
  JobFailure,
  JobId,
  JobStatus,
  Json,
  MapRequest,
  PackSummary,
  Parked,
  Precision,
  PrecisionReport,
  PrelabelParams,
  ProjectId,
  PromptClass,
  ReviewGroup,
  ReviewItem,
  Revision,
  RleMask,
  RunId,
  RunSummary,
  ScoreMap,
  Settings,
  TokenState,
  Transaction,
} from './types.ts';
import type {
  TuneApplied,
  TuneExample,
  TuneProgress,
  TuneRequest,
  TuneResult,
  TuneSetting,
  TuneSupply,
} from './tuning.ts';

export interface EarlyMatch {
  readonly categoryId: CategoryId;
  readonly match: number;
  /** So low that nothing will be painted. */
  readonly absent?: boolean;
}

export interface Progress {
  /** 'Read image', 'Encode', 'Pass 2 of 4', 'Maps', 'Edges', ... */
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  /** First news of a running pre-label: class matches after pass 1. */
  readonly matches?: readonly EarlyMatch[];
}

/** Of a whole project, at one moment. */
export interface ProjectTotals {
  /** Grows with every count: of two, the larger is the newer. */
  readonly asOf: number;
  readonly images: number;
  readonly counts: { readonly [status in ImageStatus]: number };
  readonly proposals: number;
  /** Images with doubtful proposals. */
  readonly doubtful: number;
}

export interface ProjectSummary extends ProjectTotals {
  readonly id: ProjectId;
  /** Its file, to open it again. */
  readonly handle: Handle;
  readonly name: string;
  readonly folderName: string;
  readonly revision: Revision;
  readonly scanning: boolean;
  readonly readOnly: boolean;
  /** The sample of drawn scenes, which the built-in model knows. */
  readonly sample: boolean;
  readonly categories: readonly Category[];
  readonly packId: string;
  readonly params: PrelabelParams;
  /** Of classes that have no threshold of their own, by these settings with the project's model. */
  readonly thresholds: { readonly thing: number; readonly stuff: number };
}

export interface RecentProject {
  readonly handle: Handle;
  readonly name: string;
  readonly folderName: string;
  readonly images: number;
  readonly reviewed: number;
  readonly openedAt: string;
  readonly missing: boolean;
  /** Image URLs for a small cover strip. */
  readonly coverUrls: readonly string[];
}

export interface BrowseEntry {
  readonly handle: Handle;
  readonly name: string;
  readonly kind: 'folder' | 'project' | 'coco' | 'file';
  /** Images directly inside, when cheap to know. */
  readonly images: number | null;
}

export interface ExportReport {
  readonly images: number;
  readonly annotations: number;
  readonly files: readonly string[];
  readonly folderName: string;
  /** Images that are not in the export; the warnings say why. */
  readonly leftOut: number;
  readonly warnings: readonly string[];
}

export interface ImportReport {
  /** Title of the format that was read. */
  readonly format: string;
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
    /** skipped: not in the project; repaired: it is, with the change that the message states. */
    readonly effect: 'skipped' | 'repaired';
  }[];
}

export interface ClassStatistics {
  readonly categoryId: CategoryId;
  readonly annotations: number;
  readonly images: number;
  readonly pixels: number;
  readonly acceptedAsIs: number;
  readonly edited: number;
  readonly rejected: number;
  readonly pending: number;
  /** Counts per power-of-four area bin, from 4^0. */
  readonly sizes: readonly number[];
  /** 20 bins of match 0-1 over model annotations. */
  readonly matches: readonly number[];
}

interface Method<Input, Output, Event = never> {
  readonly input: Input;
  readonly output: Output;
  readonly event: Event;
}

type None = Record<string, never>;

export interface Methods {
  'session.hello': Method<
    { protocol: number; clientId: string; lastRevision: Revision | null },
    {
      protocol: number;
      engineVersion: string;
      host: 'desktop' | 'browser';
      nativeDialogs: boolean;
      /** Files can be shown in the system's file manager. */
      showsFiles: boolean;
      projectOpen: boolean;
      settings: Settings;
    }
  >;

  'project.recent': Method<None, { projects: readonly RecentProject[] }>;
  'project.browse': Method<
    { folder: Handle | null },
    { here: BrowseEntry; parents: readonly BrowseEntry[]; entries: readonly BrowseEntry[] }
  >;
  'project.openFolder': Method<{ folder: Handle }, ProjectSummary, Progress>;
  'project.openFile': Method<{ file: Handle }, ProjectSummary, Progress>;
  'project.openSample': Method<None, ProjectSummary, Progress>;
  'project.forget': Method<{ handle: Handle }, None>;
  'project.close': Method<None, None>;
  'project.summary': Method<None, ProjectSummary>;
  'project.setParams': Method<{ params: PrelabelParams }, ProjectSummary>;
  'project.relocate': Method<{ folder: Handle }, { found: number; missing: number }, Progress>;
  'project.statistics': Method<
    { filter: ImageFilter },
    { perClass: readonly ClassStatistics[]; counts: { readonly [status in ImageStatus]: number } }
  >;

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
    { images: readonly ImageRecord[] }
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
  'image.path': Method<{ imageId: ImageId }, { path: string }>;
  /** Shows an image's file in the system's file manager, where the host can: see `showsFiles`. */
  'image.showFile': Method<{ imageId: ImageId }, None>;

  'doc.commit': Method<
    { transaction: Transaction; baseRevision: Revision },
    { revision: Revision }
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

  /** Keeps unfinished work with its image, in place of what has the same id. `held`: it is in hand. */
  'parked.keep': Method<{ parked: Omit<Parked, 'holder'>; held: boolean }, None>;
  /** The work is finished: an object came of it. Unknown ids are fine. */
  'parked.remove': Method<{ id: string }, None>;
  /** Throws unfinished work away as a step that undo brings back. */
  'parked.discard': Method<{ id: string; label: string }, None>;
  /** Stays open as long as the window lives: at its end nothing is in that window's hand any more. */
  'parked.hold': Method<None, None>;

  'prelabel.run': Method<
    { imageId: ImageId; classes: readonly PromptClass[]; params: PrelabelParams; commit: boolean },
    { run: RunSummary; proposals: readonly Annotation[] },
    Progress
  >;
  /** Masks again from stored maps, without the model. `draft` leaves the CRF out. */
  'prelabel.reapply': Method<
    {
      runId: RunId;
      params: PrelabelParams;
      thresholds: { readonly [categoryId: number]: number };
      draft: boolean;
      commit: boolean;
      /** Only proposals of these classes are put in place of earlier ones; left out = all of the run. */
      only?: readonly CategoryId[];
      /**
       * With `commit`: one step of this name, which undo takes back with everything that went before.
       * `thresholds` become the classes' own, and `params` the project's when `keepParams`.
       */
      step?: string;
      keepParams?: boolean;
      /** Maps of the same work, without doing it twice; those of layers and heads are empty here. */
      requests?: readonly MapRequest[];
      maxSide?: number;
    },
    {
      run: RunSummary;
      proposals: readonly Annotation[];
      milliseconds: number;
      /** As many as were asked for. */
      maps?: readonly ScoreMap[];
    },
    Progress
  >;
  'prelabel.maps': Method<
    {
      runId: RunId;
      params: PrelabelParams;
      /** In place of the classes' own. */
      thresholds?: { readonly [categoryId: number]: number };
      requests: readonly MapRequest[];
      maxSide: number;
    },
    { maps: readonly ScoreMap[] },
    Progress
  >;
  /** Every parameter by dotted name, as a run with these would use it with the project's model. */
  'prelabel.settings': Method<
    { params: PrelabelParams },
    { values: { readonly [dottedName: string]: Json } }
  >;
  'prelabel.suggest': Method<
    { imageId: ImageId; classes: readonly PromptClass[] },
    { matches: readonly { categoryId: CategoryId; match: number }[] },
    Progress
  >;

  'job.preview': Method<
    { request: BatchRequest; sample: number },
    {
      images: readonly {
        image: ImageRecord;
        url: string;
        run: RunSummary;
        proposals: readonly Annotation[];
      }[];
      secondsPerImage: number;
      provider: string;
      changes: {
        readonly images: number;
        readonly proposalsReplaced: number;
        readonly skipped: number;
      };
    },
    Progress
  >;
  'job.count': Method<
    { request: BatchRequest },
    { images: number; proposalsReplaced: number; skipped: number; accepted: number }
  >;
  'job.start': Method<{ request: BatchRequest }, { job: JobStatus }>;
  'job.pause': Method<{ id: JobId }, { job: JobStatus }>;
  'job.resume': Method<{ id: JobId }, { job: JobStatus }>;
  'job.cancel': Method<{ id: JobId }, { job: JobStatus }>;
  'job.remove': Method<{ id: JobId }, None>;
  'job.list': Method<None, { jobs: readonly JobStatus[] }>;
  'job.failures': Method<
    { id: JobId; cursor: number; limit: number },
    { total: number; failures: readonly JobFailure[] }
  >;
  'job.retryFailed': Method<{ id: JobId }, { job: JobStatus }>;

  'review.list': Method<
    {
      categoryIds: readonly CategoryId[];
      minMatch: number;
      maxMatch: number;
      order: 'doubt' | 'match' | 'size' | 'image';
      jobId: JobId | null;
      cursor: number;
      limit: number;
    },
    { total: number; items: readonly ReviewItem[] }
  >;
  /** Doubtful ones, like ones, the rest; the order is kept under `id`, null when there are too many. */
  'review.arrange': Method<
    {
      categoryIds: readonly CategoryId[];
      minMatch: number;
      maxMatch: number;
      jobId: JobId | null;
    },
    { id: string | null; groups: readonly ReviewGroup[] }
  >;
  /** Items of a kept order, decided ones too; null where the annotation is gone. */
  'review.page': Method<
    { id: string; cursor: number; limit: number },
    { items: readonly (ReviewItem | null)[] }
  >;
  'review.decide': Method<
    | { ids: readonly AnnotationId[]; decision: 'accept' | 'reject' }
    | { ids: readonly AnnotationId[]; decision: 'category'; categoryId: CategoryId },
    { changed: number; revision: Revision }
  >;
  /** Accept every proposal of these classes with match at least this. Counts when `dryRun`. */
  'review.acceptAbove': Method<
    { categoryIds: readonly CategoryId[]; match: number; dryRun: boolean },
    { proposals: number; images: number },
    Progress
  >;
  /** Apply thresholds over the whole data set from stored maps. Counts when `dryRun`. */
  'review.rethreshold': Method<
    { thresholds: { readonly [categoryId: number]: number }; dryRun: boolean },
    {
      changed: number;
      vanished: number;
      unchanged: number;
      withoutMaps: number;
      /** Of a count: patches of these proposals per 40th of the class map's height; else empty. */
      histogram: readonly number[];
      /** Of a count: patches above the thresholds that the masks have now and above the new ones. */
      patches: { readonly before: number; readonly after: number };
    },
    Progress
  >;

  'export.start': Method<
    {
      format: string;
      target: Handle | null;
      fileName: string;
      only: 'all' | 'reviewed';
      categoryIds: readonly CategoryId[];
      split: { readonly validation: number; readonly seed: number } | null;
      includeProposals: boolean;
    },
    ExportReport,
    Progress
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

  'model.list': Method<None, { packs: readonly PackSummary[] }>;
  'model.install': Method<
    { id: string },
    { pack: PackSummary },
    { receivedBytes: number; totalBytes: number; bytesPerSecond: number; stage: string }
  >;
  'model.addLocal': Method<{ source: Handle; name: string }, { pack: PackSummary }, Progress>;
  'model.verify': Method<
    { id: string },
    { pack: PackSummary; problems: readonly string[] },
    Progress
  >;
  /** Removes an installed pack, or throws away what a paused download has fetched. */
  'model.remove': Method<{ id: string }, None>;
  /** Where packs are kept and come from, as people read it. */
  'model.place': Method<
    None,
    { folder: string; usedBytes: number; freeBytes: number | null; hub: string; proxy: boolean }
  >;
  /** Keeps a token for the hub in use, or forgets it when null; undefined = only asks. */
  'model.token': Method<{ token?: string | null | undefined }, TokenState>;
  /** Precisions of a pack with what is known; `measure` runs the sample scenes with that one first. */
  'model.precision': Method<
    { id: string; measure: Exclude<Precision, 'f32'> | null },
    { reports: readonly PrecisionReport[] },
    Progress
  >;
  /** What the last self-test said, without running anything. */
  'device.list': Method<None, DeviceSummary>;
  /** Tests one device, or all when null, with the pack in use. */
  'device.test': Method<{ provider: string | null }, DeviceSummary, Progress>;
  /** What CUDA needs here; `fetch` gets the runtime's own libraries first. DEVICE_FAILED on other systems. */
  'device.cuda': Method<{ fetch: boolean }, CudaLibraries, Progress>;
  /** Kills the inference process and starts the next generation; for a run that does not end. */
  'device.restart': Method<None, { generation: number }>;

  'tune.supply': Method<None, TuneSupply>;
  /** Tries that were made before are not made again, so a stopped search goes on where it ended. */
  'tune.run': Method<TuneRequest, TuneResult, TuneProgress>;
  'tune.examples': Method<
    { imageIds: readonly ImageId[]; setting: TuneSetting },
    { examples: readonly TuneExample[] }
  >;
  /** Puts a setting into the project's parameters; `previous` takes it back with setParams. */
  'tune.apply': Method<{ setting: TuneSetting }, TuneApplied>;

  /** Pixels whose colour differs from the point's by at most `tolerance`, 0-255 of the largest channel. */
  'mask.wand': Method<
    { imageId: ImageId; x: number; y: number; tolerance: number; contiguous: boolean },
    { mask: RleMask },
    Progress
  >;

  /** Files that can be made again: thumbnails, stored maps, weights of other precisions. */
  'cache.status': Method<None, { bytes: number; limitBytes: number }>;
  'cache.clear': Method<None, { bytes: number; limitBytes: number }>;

  'settings.get': Method<None, Settings>;
  'settings.set': Method<Partial<Settings>, Settings>;
}

export type MethodName = keyof Methods;
export type Input<M extends MethodName> = Methods[M]['input'];
export type Output<M extends MethodName> = Methods[M]['output'];
export type ProgressOf<M extends MethodName> = Methods[M]['event'];
