// Fields of classes, and what a person says of one object or image besides its class and mask: values of those
// fields, marks, a note, tags. Texts are bounded, since they travel with every edit and lie in the project.

/** Fields of one class. */
export const MAX_FIELDS = 50;
export const MAX_FIELD_NAME = 100;
export const MAX_CHOICES = 200;
export const MAX_CHOICE = 200;
export const MAX_UNIT = 20;
/** Letters of a text that is a field's value. */
export const MAX_VALUE = 1000;
/** Values of one object: those of its class's fields, and those that a file brought besides. */
export const MAX_VALUES = 100;
export const MAX_NOTE = 4000;
/** Tags of one image. */
export const MAX_TAGS = 100;
export const MAX_TAG = 100;

export type FieldValue = boolean | number | string;

interface FieldBase {
  /** Also its name in files. */
  readonly name: string;
  /** An image is not reviewed before every object of the class has it. */
  readonly needed: boolean;
}

export interface TickField extends FieldBase {
  readonly kind: 'tick';
  readonly default?: boolean;
}

export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly choices: readonly string[];
  readonly default?: string;
}

export interface NumberField extends FieldBase {
  readonly kind: 'number';
  /** Null = no bound. */
  readonly min: number | null;
  readonly max: number | null;
  /** Said behind the number: `°`, `cm`. */
  readonly unit: string;
  readonly default?: number;
}

export interface TextField extends FieldBase {
  readonly kind: 'text';
  readonly default?: string;
}

/** One thing that can be said of every object of a class. Its place in the list is its key. */
export type Field = TickField | ChoiceField | NumberField | TextField;

export type FieldKind = Field['kind'];

export const FIELD_KINDS = ['tick', 'choice', 'number', 'text'] as const satisfies FieldKind[];

/** What can be so of an object of any class. A crowd has a column of its own, as COCO has it. */
export const MARKS = ['occluded', 'difficult', 'cut'] as const;

export type Mark = (typeof MARKS)[number];

export interface Note {
  readonly text: string;
  /** Somebody has to talk about it. */
  readonly talk: boolean;
}

/** Missing parts are empty; an object of which nothing is said has no details at all. */
export interface Details {
  readonly values?: { readonly [field: string]: FieldValue };
  /** Only those that a person set or unset: an object at the border is cut off without a word. */
  readonly marks?: { readonly [mark in Mark]?: boolean };
  readonly note?: Note;
}
