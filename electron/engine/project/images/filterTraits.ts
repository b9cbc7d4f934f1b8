// What images have and objects are, as SQL over `image` and its annotations `a`: traits without a value, tags,
// fields, engines and edges. Every value is bound, never spliced.
import type { FieldTest } from '../../../api/filter/fieldTest.ts';
import { classKey } from '../../../api/rules/classNames.ts';
import { ENGINES, FIRST_ENGINE } from '../../../link/engines/engines.ts';
import { IMAGE_STATUS_CODES, ORIGIN_CODES, STATUS_CODES } from '../database/schema.ts';
import type { SqlValue } from '../database/store.ts';

export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** What an image has. */
export const HAS: { readonly [choice: string]: string } = {
  labels: 'image.accepted + image.proposals > 0',
  proposals: 'image.proposals > 0',
  nothing: 'image.found_nothing = 1',
  unfinished: 'EXISTS (SELECT 1 FROM parked AS p WHERE p.image_id = image.id AND p.open_shape = 1)',
  tag: `EXISTS (SELECT 1 FROM image_note AS n WHERE n.image_id = image.id AND n.tags <> '[]')`,
  note: `(EXISTS (SELECT 1 FROM image_note AS n WHERE n.image_id = image.id AND (n.note <> '' OR n.talk = 1))
    OR ${someSaid("json_extract(a.details, '$.note') IS NOT NULL")})`,
  problem: `(image.problem IS NOT NULL OR image.missing = 1 OR EXISTS
    (SELECT 1 FROM job_item AS i WHERE i.image_id = image.id AND i.outcome = 'failed'))`,
};

/** What an object `a` is, or its image. */
export const IS: { readonly [choice: string]: string } = {
  doubtful: `a.doubtful = 1 AND a.status = ${STATUS_CODES.proposal}`,
  accepted: `a.status = ${STATUS_CODES.accepted}`,
  proposal: `a.status = ${STATUS_CODES.proposal}`,
  mine: `a.origin = ${ORIGIN_CODES.user}`,
  changed: 'a.edited = 1',
  locked: 'a.locked = 1',
  occluded: "a.details IS NOT NULL AND json_extract(a.details, '$.marks.occluded') = 1",
  difficult: "a.details IS NOT NULL AND json_extract(a.details, '$.marks.difficult') = 1",
  crowd: 'a.crowd = 1',
  // At the border by itself, unless somebody says otherwise.
  cut: `coalesce(json_extract(a.details, '$.marks.cut'), a.box_x <= 0 OR a.box_y <= 0
    OR a.box_x + a.box_w >= a.width OR a.box_y + a.box_h >= a.height) = 1`,
  refined: `EXISTS (SELECT 1 ${edgesOf("'refined'")})`,
  kept: `EXISTS (SELECT 1 ${edgesOf("'kept'")})`,
  talk: `(EXISTS (SELECT 1 FROM image_note AS n WHERE n.image_id = image.id AND n.talk = 1)
    OR ${someSaid("json_extract(a.details, '$.note.talk') = 1")})`,
  reviewed: `image.status = ${IMAGE_STATUS_CODES.reviewed}`,
};

/** A tag that is written in full means that one; else every tag that holds it. */
export function taggedWith(text: string): Condition {
  const tags = (of: string) => `FROM image_note AS n, json_each(n.tags) AS t ${of}`;
  const isIt = 'folded(t.value) = folded(?)';
  const holdsIt = 'instr(folded(t.value), folded(?)) > 0';
  return {
    sql: `EXISTS (SELECT 1 ${tags('WHERE n.image_id = image.id')} AND (${isIt} OR (${holdsIt}
      AND NOT EXISTS (SELECT 1 ${tags(`WHERE ${isIt}`)}))))`,
    values: [text, text, text],
  };
}

/** What people know the first engine as, besides its published name. */
const FIRST_NAME = 'Salience';

/** The name of an engine, or its beginning. Runs that name none are older than the second engine. */
export function madeBy(text: string): Condition {
  const wanted = classKey(text);
  const ids = ENGINES.filter(({ id, name }) =>
    [id, name, ...(id === FIRST_ENGINE ? [FIRST_NAME] : [])].some((one) =>
      classKey(one).startsWith(wanted),
    ),
  ).map(({ id }) => id);
  return {
    sql: `coalesce((SELECT coalesce(json_extract(r.summary, '$.engine'), ?) FROM run AS r
      WHERE r.id = a.run_id) IN (SELECT value FROM json_each(?)), 0)`,
    values: [FIRST_ENGINE, JSON.stringify(ids)],
  };
}

/** Values that were set, and defaults of the class. */
export function ofField(test: FieldTest): Condition {
  return {
    sql: `(a.details IS NOT NULL OR a.category_id IN
        (SELECT id FROM category WHERE instr(fields, '"default":') > 0))
      AND field_fits(a.details, (SELECT fields FROM category WHERE id = a.category_id), ?) = 1`,
    values: [JSON.stringify(test)],
  };
}

/** Something that is said of an object of the image. */
function someSaid(what: string): string {
  return `EXISTS (SELECT 1 FROM annotation AS a WHERE a.image_id = image.id AND a.status <> 2
    AND a.details IS NOT NULL AND ${what})`;
}

/** What became of the edges of an object's parts in its run: its class and box tell it from the others. */
function edgesOf(kind: string): string {
  const box = ['box_x', 'box_y', 'box_w', 'box_h'].map(
    (side, at) => `json_extract(m.value, '$.box[${at}]') = a.${side}`,
  );
  return `FROM run AS r, json_each(r.summary, '$.edges.masks') AS m, json_each(m.value, '$.parts') AS p
    WHERE r.id = a.run_id AND json_extract(m.value, '$.categoryId') = a.category_id AND ${box.join(' AND ')}
      AND json_extract(p.value, '$.kind') = ${kind}`;
}

/** The edge of a mask that a click model drew anew; NULL for other masks. Of several parts the least sure one. */
export const LEAST_SURE_EDGE = `(SELECT min(json_extract(p.value, '$.edge')) ${edgesOf("'refined'")})`;
