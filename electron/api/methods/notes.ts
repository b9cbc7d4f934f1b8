// Methods of what is said besides class and mask: fields of classes, tags and notes of images. Values, marks and
// notes of objects travel with their annotations ('doc.commit').
import type { Field, Note } from '../rules/fields/fields.ts';
import type { Category, CategoryId, ImageId, ImageRecord } from '../types.ts';
import type { Method, None } from './method.ts';

/** The fields of a class as they shall be. */
export interface FieldsChange {
  readonly id: CategoryId;
  /** As the sender knew them. */
  readonly before: readonly Field[];
  readonly after: readonly Field[];
  /** Fields whose values go on under another name. Values of those that are gone are deleted. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  /** Choices whose values go on as another one; `field` is its new name. */
  readonly choices: readonly {
    readonly field: string;
    readonly from: string;
    readonly to: string;
  }[];
}

export interface NotesChange {
  readonly imageIds: readonly ImageId[];
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** Null = notes stay as they are. */
  readonly note: Note | null;
}

export interface NoteMethods {
  /** One step that undo brings back, with the values that it moves or deletes. */
  'category.setFields': Method<
    FieldsChange,
    { categories: readonly Category[]; annotations: number }
  >;
  /** How many objects of a class have a value of each name, its fields or not. */
  'category.fieldUses': Method<
    { id: CategoryId },
    { uses: readonly { readonly name: string; readonly count: number }[] }
  >;
  /** Tags and notes of images, in one step that undo brings back. The first thousand records come back. */
  'image.setNotes': Method<NotesChange, { changed: number; images: readonly ImageRecord[] }>;
  /** Tags of the project, those of most images first. */
  'image.tags': Method<
    None,
    { tags: readonly { readonly tag: string; readonly images: number }[] }
  >;
}
