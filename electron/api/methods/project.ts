// Methods of the session, the open project, the settings and the cache.
import type { Category, CategoryId, Handle, ImageStatus, ProjectId, Revision } from '../types.ts';
import type { Settings } from '../settings.ts';
import type { ImageFilter } from '../job.ts';
import type { PrelabelParams } from '../run.ts';
import type { Method, None, Progress } from './method.ts';

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

/** A filter that somebody gave a name. */
export interface SavedFilter {
  readonly name: string;
  /** In the filter language. */
  readonly words: string;
}

export interface ProjectSummary extends ProjectTotals {
  readonly id: ProjectId;
  /** Its file, to open it again. */
  readonly handle: Handle;
  readonly name: string;
  readonly revision: Revision;
  readonly scanning: boolean;
  readonly readOnly: boolean;
  /** Why it is read-only, as a sentence; null when it can be written. */
  readonly readOnlyReason: string | null;
  /** The sample of drawn scenes, which the built-in model knows. */
  readonly sample: boolean;
  readonly categories: readonly Category[];
  /** In the order in which keys choose them. */
  readonly filters: readonly SavedFilter[];
  readonly packId: string;
  readonly params: PrelabelParams;
  /** Of classes that have no threshold of their own, by these settings with the project's model. */
  readonly thresholds: { readonly thing: number; readonly stuff: number };
}

export interface RecentProject {
  readonly handle: Handle;
  readonly name: string;
  /** Where its images are, as a person writes it: `~/Pictures/cups`. */
  readonly place: string;
  /** Stands first, and is never pushed off the list. */
  readonly pinned: boolean;
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

/** How fast a person gets on, over reviewed images with a step of theirs. */
export interface Pace {
  readonly images: number;
  /** Without pauses of over two minutes; null before two steps follow each other. */
  readonly secondsPerImage: number | null;
  /** Accepted masks on those images. */
  readonly masks: number;
  /** A stroke, a decision, an undo is a step; null without masks. */
  readonly stepsPerMask: number | null;
}

export interface ProjectMethods {
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
  /** A folder by its handle, or by a path that a person typed; `~` is the home folder. */
  'project.browse': Method<
    { folder: Handle | null; path?: string },
    {
      here: BrowseEntry;
      /** Path of `here`, as a person writes it. */
      place: string;
      parents: readonly BrowseEntry[];
      entries: readonly BrowseEntry[];
    }
  >;
  'project.openFolder': Method<{ folder: Handle }, ProjectSummary, Progress>;
  'project.openFile': Method<{ file: Handle }, ProjectSummary, Progress>;
  'project.openSample': Method<None, ProjectSummary, Progress>;
  /** Makes the open project editable here: asks the program that holds the lock to save and release it. */
  'project.takeOver': Method<None, ProjectSummary>;
  /** Answers 'project.asked': this window has saved its work. */
  'project.settled': Method<None, None>;
  'project.forget': Method<{ handle: Handle }, None>;
  /** Pins a recent project, or unpins it. */
  'project.pin': Method<{ handle: Handle; pinned: boolean }, None>;
  /** Shows what a handle stands for in the system's file manager, where the host can: see `showsFiles`. */
  'project.showPlace': Method<{ handle: Handle }, None>;
  'project.close': Method<None, None>;
  'project.summary': Method<None, ProjectSummary>;
  'project.setParams': Method<{ params: PrelabelParams }, ProjectSummary>;
  /** The saved filters, all of them anew. */
  'project.setFilters': Method<{ filters: readonly SavedFilter[] }, ProjectSummary>;
  'project.relocate': Method<{ folder: Handle }, { found: number; missing: number }, Progress>;
  'project.statistics': Method<
    { filter: ImageFilter },
    { perClass: readonly ClassStatistics[]; counts: { readonly [status in ImageStatus]: number } }
  >;
  /** Of the images that fit the filter; reads the newest part of the log. */
  'project.pace': Method<{ filter: ImageFilter }, Pace>;

  /** Files that can be made again: thumbnails, stored maps, weights of other precisions. */
  'cache.status': Method<None, { bytes: number; limitBytes: number }>;
  'cache.clear': Method<None, { bytes: number; limitBytes: number }>;

  'settings.get': Method<None, Settings>;
  'settings.set': Method<Partial<Settings>, Settings>;
}
