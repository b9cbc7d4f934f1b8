// Saying something of the selection besides class and mask: its fields, marks and note, and how they are set.
import type { Field, FieldValue, Mark } from '../../../../../electron/api/rules/fields/fields.ts';
import { MAX_NOTE } from '../../../../../electron/api/rules/fields/fields.ts';
import {
  isMarked,
  missingFields,
  valueOf,
} from '../../../../../electron/api/rules/fields/ofObject.ts';
import {
  valueTrouble,
  type ValueTrouble,
} from '../../../../../electron/api/rules/fields/values.ts';
import type { Annotation, Category } from '../../../../../electron/api/types.ts';
import { focusCanvas } from '../../../keys/canvasFocus.ts';
import type { App } from '../../../state/app.svelte.ts';
import { perProject } from '../../../state/perApp.svelte.ts';
import { text } from '../../../text/text.ts';
import { setCrowd, setMark, setNote, setValue } from './detailEdits.ts';
import type { TransactionDraft } from '../../../tools/types.ts';

/** What several objects have alike. */
export interface Common<T> {
  readonly value: T | undefined;
  /** They differ. */
  readonly mixed: boolean;
}

export type AnyMark = Mark | 'crowd';

export const ALL_MARKS: readonly AnyMark[] = ['occluded', 'difficult', 'crowd', 'cut'];

class Saying {
  readonly #app: App;
  isOpen = $state(false);
  /** The field whose value is being given in the strip, or the note; null = keys choose one. */
  asked = $state<number | 'note' | null>(null);
  /** The class whose fields are being edited. */
  editing = $state.raw<Category | null>(null);

  constructor(app: App) {
    this.#app = app;
  }

  /** The objects that are meant: the selection without masks of a draft. */
  readonly objects: readonly Annotation[] = $derived.by(() => {
    const { document } = this.#app;
    return document.selected.filter((one) => document.annotations.has(one.id));
  });

  /** The class that all of them have; null = several, or nothing is selected. */
  readonly category: Category | null = $derived.by(() => {
    const [first, ...others] = this.objects;
    if (!first || others.some((one) => one.categoryId !== first.categoryId)) return null;
    return this.#app.session.categoryById.get(first.categoryId) ?? null;
  });

  get fields(): readonly Field[] {
    return this.category?.fields ?? [];
  }

  get isLocked(): boolean {
    return this.objects.every((one) => one.locked) || !this.#app.session.canEdit;
  }

  toggle(): void {
    if (this.isOpen) return this.close();
    this.isOpen = true;
    this.asked = null;
    const { layout } = this.#app;
    if (this.objects.length === 0) layout.drawer = 'inspector';
  }

  close(): void {
    this.isOpen = false;
    this.asked = null;
    focusCanvas();
  }

  valueOf(field: Field): Common<FieldValue> {
    return common(this.objects.map((one) => valueOf(one.details, field)));
  }

  isMarked(mark: AnyMark): Common<boolean> {
    return common(
      this.objects.map((one) =>
        mark === 'crowd' ? one.isCrowd : isMarked(mark, one.details, one),
      ),
    );
  }

  /** Keeps a value for all selected objects; one that the field cannot have is refused with the reason. */
  setValue(field: Field, value: FieldValue | undefined): string | null {
    const trouble = value === undefined ? null : valueTrouble(field, value);
    if (trouble) return troubleWords(field, trouble);
    this.#commit(setValue(this.objects, field.name, value, this.#nameOf));
    const said = this.valueOf(field).value;
    this.#app.toasts.say(text.said.live(field.name, wordOf(field, said)));
    return null;
  }

  take(name: string): void {
    this.#commit(setValue(this.objects, name, undefined, this.#nameOf));
  }

  toggleMark(mark: AnyMark): void {
    const on = this.isMarked(mark).value !== true;
    this.#commit(
      mark === 'crowd'
        ? setCrowd(this.objects, on, this.#nameOf)
        : setMark(this.objects, mark, on, this.#nameOf),
    );
    this.#app.toasts.say(text.said.live(text.said.mark[mark], on ? text.said.on : text.said.off));
  }

  setNote(words: string, talk: boolean): void {
    const note = { text: words.slice(0, MAX_NOTE), talk };
    this.#commit(setNote(this.objects, note, this.#nameOf));
  }

  readonly #nameOf = (annotation: Annotation) => this.#app.tools.nameOf(annotation);

  #commit(draft: TransactionDraft | null): void {
    if (draft) this.#app.document.commit(draft);
  }
}

export const sayingOf = perProject((app) => new Saying(app));

/** What is wrong with a value of a field. */
export function troubleWords(field: Field, trouble: ValueTrouble): string {
  const { min, max } = field.kind === 'number' ? field : { min: null, max: null };
  return trouble === 'bounds' ? text.said.bounds(min, max) : text.said.trouble[trouble];
}

function common<T>(values: readonly (T | undefined)[]): Common<T> {
  const [first, ...others] = values;
  return others.some((value) => value !== first)
    ? { value: undefined, mixed: true }
    : { value: first, mixed: false };
}

/** A value as people read it. */
export function wordOf(field: Field, value: FieldValue | undefined): string {
  if (field.kind === 'tick') return value === true ? text.said.on : text.said.off;
  if (value === undefined || value === '') return text.said.notSet;
  return field.kind === 'number' && field.unit !== ''
    ? text.said.withUnit(value, field.unit)
    : String(value);
}

/** A value as a label at the object says it; null = it says nothing. */
export function shortWord(field: Field, value: FieldValue | undefined): string | null {
  if (field.kind === 'tick') return value === true ? field.name.toLowerCase() : null;
  return value === undefined || value === '' ? null : wordOf(field, value);
}

/** Number or text as it was typed; undefined = nothing was. */
export function typedValue(field: Field, typed: string): FieldValue | undefined {
  const trimmed = typed.trim();
  if (trimmed === '') return undefined;
  if (field.kind !== 'number') return trimmed;
  const number = Number(trimmed.replace(',', '.'));
  return Number.isFinite(number) ? number : trimmed;
}

/** A field that objects of the open image lack although their class needs it. */
export interface Missing {
  readonly category: Category;
  readonly field: Field;
  readonly objects: readonly Annotation[];
}

/** Class by class, field by field. */
export function missingHere({ document, session }: App): Missing[] {
  return session.categories.flatMap((category) => {
    const objects = document.accepted.filter((one) => one.categoryId === category.id);
    return (category.fields ?? []).flatMap((field) => {
      const lacking = objects.filter((one) => missingFields([field], one.details).length > 0);
      return lacking.length > 0 ? [{ category, field, objects: lacking }] : [];
    });
  });
}
