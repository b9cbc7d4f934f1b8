// What images have and objects are, as SQL over `image` and its annotations `a`: traits without a value, tags,
// fields, engines and edges. Every value is bound, never spliced.
import type { FieldTest } from '../../../api/filter/fieldTest.ts';
import { classKey } from '../../../api/rules/classNames.ts';
import { ENGINES, FIRST_ENGINE } from '../../../link/engines/engines.ts';
import { ENGINE_OF_RUN } from '../database/runFacts.ts';
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

/** What became of the edges of an object's parts in its run: its class and box tell it from the others. */
const EDGES = `FROM run_edge AS e WHERE e.run_id = a.run_id AND e.category_id = a.category_id
  AND e.box_x = a.box_x AND e.box_y = a.box_y AND e.box_w = a.box_w AND e.box_h = a.box_h`;

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
  refined: `a.run_id IS NOT NULL AND EXISTS (SELECT 1 ${EDGES} AND e.least IS NOT NULL)`,
  kept: `a.run_id IS NOT NULL AND EXISTS (SELECT 1 ${EDGES} AND e.kept = 1)`,
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
  const old = ids.includes(FIRST_ENGINE) ? ` OR ${ENGINE_OF_RUN} IS NULL` : '';
  return {
    sql: `(a.run_id IS NOT NULL AND a.run_id IN (SELECT id FROM run WHERE
      ${ENGINE_OF_RUN} IN (SELECT value FROM json_each(?))${old}))`,
    values: [JSON.stringify(ids)],
  };
}

/**
 * Values that were set, and defaults of the class. Both are found for all objects at once: what is said of them lies
 * in an index of its own, and reading it object by object would read their masks as well.
 */
export function ofField(test: FieldTest): Condition {
  const said = 'SELECT d.seq FROM annotation AS d WHERE d.details IS NOT NULL';
  return {
    sql: `(a.seq IN (${said} AND field_fits(d.details,
        (SELECT fields FROM category WHERE id = d.category_id), ?) = 1)
      OR (a.category_id IN (SELECT id FROM category WHERE field_fits(NULL, fields, ?) = 1)
        AND a.seq NOT IN (${said})))`,
    values: [JSON.stringify(test), JSON.stringify(test)],
  };
}

/** Something that is said of an object of the image. */
function someSaid(what: string): string {
  return `EXISTS (SELECT 1 FROM annotation AS a WHERE a.image_id = image.id AND a.status <> 2
    AND a.details IS NOT NULL AND ${what})`;
}

/** The edge of a mask that a click model redrew; NULL for other masks. Of several parts the least sure one. */
export const LEAST_SURE_EDGE = `(SELECT e.least ${EDGES})`;
/** Whatever asks for it asks objects of a run alone. */
export const OF_A_RUN = 'a.run_id IS NOT NULL';
