// The words of the contract: what engine and renderer say to each other. Plain data only.

import type { Details, Field, Note } from './rules/fields/fields.ts';

declare const brand: unique symbol;

type Branded<T, Name extends string> = T & { readonly [brand]: Name };

export type ImageId = Branded<number, 'ImageId'>;

export type CategoryId = Branded<number, 'CategoryId'>;

/** Made by whoever creates the annotation (a UUID), so that edits apply before the engine answers. */
export type AnnotationId = Branded<string, 'AnnotationId'>;

export type RunId = Branded<string, 'RunId'>;

export type JobId = Branded<string, 'JobId'>;

/** One project file at one place; the same at every opening. */
export type ProjectId = Branded<string, 'ProjectId'>;

/** Counts commits of one project, from 1. */
export type Revision = Branded<number, 'Revision'>;

/** Stands for a folder or file that the engine knows; paths never reach the page. */
export type Handle = Branded<string, 'Handle'>;

/** Lengths along the oriented image, in its own pixels. */
export type ImagePx = Branded<number, 'ImagePx'>;

/** Lengths on the screen, in CSS pixels. */
export type ScreenPx = Branded<number, 'ScreenPx'>;

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Column-major run lengths over height x width, background first (COCO's order). Sum = width * height. */
export interface RleMask {
  readonly width: number;
  readonly height: number;
  readonly counts: Uint32Array;
}

/** x, y, width, height in image pixels; whole pixels for boxes of masks. */
export type Box = readonly [x: number, y: number, width: number, height: number];

export interface Category {
  readonly id: CategoryId;
  readonly name: string;
  /** `#rrggbb` */
  readonly color: string;
  /** Words given to the model; the name where empty. */
  readonly prompt: string;
  readonly synonyms: readonly string[];
  readonly kind: 'thing' | 'stuff';
  readonly supercategory: string;
  /** Threshold on the normalised class map, 0-0.6; null = the preset's. */
  readonly threshold: number | null;
  /** Key 1-9 or null. */
  readonly hotkey: number | null;
  readonly order: number;
  /** Unknown COCO fields, kept and written back. */
  readonly extra: Json;
  /** What is asked of every object of it; missing = nothing. */
  readonly fields?: readonly Field[];
}

/** What a person decides of a class. Its fields change by 'category.setFields', along with their values. */
export type CategoryFields = Omit<Category, 'id' | 'extra' | 'fields'>;

/** An edit of one class: `before` names the same fields as `after`, as the sender knew them. */
export interface CategoryChange {
  readonly id: CategoryId;
  readonly before: Partial<CategoryFields>;
  readonly after: Partial<CategoryFields>;
}

export type AnnotationStatus = 'proposal' | 'accepted' | 'rejected';

export type Origin = 'user' | 'model' | 'import';

/** The two highest classes inside a model's mask: means over its pixels before the CRF, 0-1. */
export interface Lead {
  /** Of the mask's own class. */
  readonly height: number;
  /** The class that comes next; null = the background. */
  readonly rivalId: CategoryId | null;
  readonly rivalHeight: number;
}

export interface Annotation {
  readonly id: AnnotationId;
  readonly categoryId: CategoryId;
  readonly status: AnnotationStatus;
  readonly origin: Origin;
  readonly mask: RleMask;
  readonly box: Box;
  /** Pixels set. */
  readonly area: number;
  /** Drawing order; larger is in front. */
  readonly z: number;
  readonly locked: boolean;
  readonly isCrowd: boolean;
  /** A person changed the model's mask. */
  readonly edited: boolean;
  /** ITM match probability, 0-1; null for hand-made. */
  readonly match: number | null;
  /** Mean margin of the winning class map over the next, 0-1; null for hand-made. */
  readonly margin: number | null;
  /** Share of the mask that the CRF moved, 0-1; null for hand-made ones and without a CRF. */
  readonly crfChange: number | null;
  /** How much masks of neighbouring settings disagree, 0-1; missing where they were not compared. */
  readonly unsteady?: number;
  /** Missing where nothing else was inside the model's mask, and where that was not kept. */
  readonly lead?: Lead;
  readonly doubtful: boolean;
  readonly runId: RunId | null;
  readonly extra: Json;
  /** Values of fields, marks, a note; missing = nothing is said. */
  readonly details?: Details;
}

export type ImageStatus = 'untouched' | 'proposals' | 'inProgress' | 'reviewed';

/** An error as data; errors.ts has its codes. */
export interface FileProblem {
  readonly code: string;
  readonly message: string;
  readonly data: Json;
}

export interface ImageRecord {
  readonly id: ImageId;
  /** Relative to the project's folder, forward slashes. */
  readonly name: string;
  /** Oriented size; 0 until the file was read. */
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
  readonly status: ImageStatus;
  readonly accepted: number;
  readonly proposals: number;
  readonly doubtful: number;
  /** Shapes left open that wait to be gone on with. */
  readonly unfinished: number;
  /** The model ran here and found no class. */
  readonly foundNothing: boolean;
  /** Words that people gave the image; missing = none. */
  readonly tags?: readonly string[];
  /** Missing = none. */
  readonly note?: Note;
  /** Why the file cannot be shown, its message in plain words; null when fine. */
  readonly problem: FileProblem | null;
}

/** Side of the square of pixels whose colour the wand takes up. */
export type SampleSide = 1 | 3 | 5;

/** What was left unfinished, as its tool takes it up again. Coordinates are image pixels. */
export type ParkedWork =
  | {
      readonly kind: 'polygon';
      readonly use: 'new' | 'add' | 'cut';
      /** x and y of each point in turn. */
      readonly points: readonly number[];
    }
  /** A line that splits objects. */
  | { readonly kind: 'line'; readonly points: readonly number[] }
  /** A place whose similar pixels were asked for. */
  | {
      readonly kind: 'seed';
      readonly use: 'new' | 'add' | 'cut';
      readonly x: number;
      readonly y: number;
      readonly tolerance: number;
      readonly contiguous: boolean;
      /** Missing = 1. */
      readonly sample?: SampleSide;
    }
  /** Clicks and a box whose mask is not accepted yet. */
  | {
      readonly kind: 'clicks';
      readonly use: 'new' | 'add' | 'cut';
      /** x, y and 1 (adds) or 0 (takes away) of each click in turn. */
      readonly clicks: readonly number[];
      readonly box: Box | null;
      readonly crop: Box | null;
      /** The object that they change. */
      readonly base: AnnotationId | null;
    }
  /** Moved points of the outline of `targets[0]`: valid at any time, so it is finished without asking. */
  | {
      readonly kind: 'outline';
      readonly before: readonly (readonly number[])[];
      readonly rings: readonly (readonly number[])[];
    };

/** Unfinished work, kept with its image in the project until someone goes on, finishes or discards it. */
export interface Parked {
  /** Made by the window, as ids of annotations are. */
  readonly id: string;
  readonly imageId: ImageId;
  /** Class at the first press; null = it needs none. */
  readonly categoryId: CategoryId | null;
  /** Objects that it adds to, cuts or changes. */
  readonly targets: readonly AnnotationId[];
  /** Client that is editing it now; empty = none. */
  readonly holder: string;
  readonly work: ParkedWork;
}

export interface AnnotationChange {
  readonly id: AnnotationId;
  readonly before: Annotation | null;
  readonly after: Annotation | null;
}

/** One step that can be undone. Changes of one gesture share a gestureId and merge. */
export interface Transaction {
  /** Client-made, so that a commit can be sent again safely. */
  readonly txId: string;
  readonly imageId: ImageId;
  /** For the menu: 'Paint cup', 'Accept 3 proposals'. */
  readonly label: string;
  readonly origin: Origin;
  readonly gestureId: string | null;
  /** 'never' = not undoable (model proposals, imports). */
  readonly record: 'now' | 'merge' | 'never';
  readonly changes: readonly AnnotationChange[];
}
