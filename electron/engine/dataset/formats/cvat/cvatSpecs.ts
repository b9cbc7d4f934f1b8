// What CVAT must know of a data set before its first image: labels with the attributes that objects have, and
// tags. Marks and notes are attributes too, since CVAT knows occlusion only.
import { classKey } from '../../../../api/rules/classNames.ts';
import type { Field, FieldValue } from '../../../../api/rules/fields/fields.ts';
import { MARK_NAMES, OTHER_NAMES } from '../../../../api/rules/fields/schema.ts';
import { splitDetails, splitFields, splitImageNotes } from '../../details/details.ts';
import { throwIfAborted } from '../../types.ts';
import type { Control, DatasetAnnotation, DatasetCategory, DatasetSource } from '../../types.ts';
import { attributeSpec } from './cvatLabels.ts';

/** Attributes that stand for what has a place of its own here. */
export const { note: NOTE, talk: TALK, cvatCrowd: CROWD } = OTHER_NAMES;

/** All that an object's attributes say. Occlusion has a place of its own in CVAT; a blank text is none in an XML. */
export function attributesOf({
  extra,
  isCrowd,
}: DatasetAnnotation): readonly (readonly [string, FieldValue])[] {
  const { details } = splitDetails(extra);
  const { marks = {}, note, values = {} } = details ?? {};
  return [
    ...Object.entries(values).filter(([, value]) => String(value).trim() !== ''),
    ...(['difficult', 'cut'] as const).flatMap((mark) => {
      const said = marks[mark];
      return said === undefined ? [] : [[MARK_NAMES[mark], said] as const];
    }),
    ...(isCrowd ? [[CROWD, true] as const] : []),
    ...(note && note.text.trim() !== '' ? [[NOTE, note.text] as const] : []),
    ...(note?.talk ? [[TALK, true] as const] : []),
  ];
}

export class CvatSpecs {
  /** Fields that objects of a category have beyond those it asks for, by name. */
  readonly #used = new Map<number, Map<string, Field>>();
  /** Tags by their key. */
  readonly #tags = new Map<string, string>();
  /** Images with a note. */
  notes = 0;

  /** Walks the whole data set once. */
  static async of(source: DatasetSource, control: Control): Promise<CvatSpecs> {
    const specs = new CvatSpecs();
    for await (const { annotations, extra } of source.images()) {
      throwIfAborted(control);
      const { tags, note } = splitImageNotes(extra);
      if (note) specs.notes += 1;
      for (const tag of tags) specs.#tags.set(classKey(tag), tag);
      for (const annotation of annotations) specs.#see(annotation);
    }
    return specs;
  }

  #see(annotation: DatasetAnnotation): void {
    for (const [name, value] of attributesOf(annotation)) {
      const used = this.#used.get(annotation.categoryId) ?? new Map<string, Field>();
      this.#used.set(annotation.categoryId, used);
      const base = { name, needed: false };
      const known = used.get(name);
      const kind = typeof value === 'boolean' ? 'tick' : 'text';
      // Values of two kinds are text.
      used.set(name, { ...base, kind: known && known.kind !== kind ? 'text' : kind });
    }
  }

  /** The `<task>` of the file. */
  task(categories: readonly DatasetCategory[]): object {
    const labels = categories.map((category) => {
      const { id, name, color, extra } = category;
      const { fields } = splitFields(extra);
      const asked = new Set(fields.map((field) => field.name));
      const others = [...(this.#used.get(id)?.values() ?? [])].filter(
        (one) => !asked.has(one.name),
      );
      const attribute = [...fields, ...others].map(attributeSpec);
      return { name, color, type: 'any', attributes: { attribute } };
    });
    const tags = [...this.#tags.values()].map((name) => ({ name, type: 'tag' }));
    return { name: 'Salience', labels: { label: [...labels, ...tags] } };
  }
}
