// What is worth a look before masks are written to files: slips of the brush, masks that lie in each other, what
// nobody has decided. Nothing of it stops an export.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  ExportCheck,
  ExportPlace,
  ExportRule,
  ExportWanted,
} from '../../api/methods/exchange.ts';
import type { Field } from '../../api/rules/fields/fields.ts';
import { missingFields } from '../../api/rules/fields/ofObject.ts';
import type { Annotation, CategoryId, ImageId } from '../../api/types.ts';
import { intersect } from '../../masks/runs/combine.ts';
import { area } from '../../masks/runs/rle.ts';
import { annotationsOf } from '../project/annotations.ts';
import { listCategories } from '../project/classes/categories.ts';
import { IMAGE_STATUS_CODES } from '../project/database/schema.ts';
import { imageRowsAfter, statusCounts, type WholeImageRow } from '../project/images/images.ts';
import type { Project } from '../project/project.ts';

/** Often slips of the brush. */
const TINY_PX = 16;
/** Of the smaller of two masks of different classes. */
const MUCH_SHARED = 0.2;
/** Two masks of one class that are one. */
const SAME_IOU = 0.95;
/** Places that the report lists for each rule. */
const MOST_PLACES = 50;
const PAGE = 100;

const RULES: readonly ExportRule[] = [
  'missing',
  'tiny',
  'overlap',
  'twice',
  'undecided',
  'unsaid',
  'border',
];

export interface CheckOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

export async function checkExport(
  project: Project,
  wanted: ExportWanted,
  { signal, onProgress }: CheckOptions,
): Promise<ExportCheck> {
  const found = new Map(RULES.map((rule) => [rule, { count: 0, places: [] as ExportPlace[] }]));
  const fields: FieldsOf = new Map(
    listCategories(project.store).map((category) => [category.id, category.fields ?? []]),
  );
  const only = wanted.imageIds ? new Set(wanted.imageIds) : null;
  const total = only?.size ?? statusCounts(project.store).images;
  const leftOut = { proposals: 0, otherClasses: 0, unreviewed: 0 };
  let [images, masks] = [0, 0];
  let after = { sort: '', id: 0 };
  for (;;) {
    const rows = imageRowsAfter(project.store, after, PAGE);
    for (const row of rows) {
      if (only && !only.has(row.id as ImageId)) continue;
      if (wanted.only === 'reviewed' && row.status !== IMAGE_STATUS_CODES.reviewed) {
        leftOut.unreviewed += 1;
        continue;
      }
      images += 1;
      const looked = checkImage({ project, fields }, row, wanted, (rule, one) => {
        const at = found.get(rule)!;
        at.count += 1;
        if (at.places.length < MOST_PLACES)
          at.places.push({
            imageId: row.id as ImageId,
            imageName: row.name,
            annotationId: one?.id ?? null,
          });
      });
      masks += looked.written;
      leftOut.proposals += looked.proposals;
      leftOut.otherClasses += looked.otherClasses;
    }
    const last = rows.at(-1);
    if (!last) break;
    after = { sort: last.sort, id: last.id };
    onProgress(images, total);
    await nextTurn();
    signal.throwIfAborted();
  }
  return { images, masks, leftOut, rows: RULES.map((rule) => ({ rule, ...found.get(rule)! })) };
}

/** What is asked of the objects of each class. */
type FieldsOf = ReadonlyMap<CategoryId, readonly Field[]>;

type Tell = (rule: ExportRule, one: Annotation | null) => void;

/** How many masks of an image would be written, and how many not, by why. */
interface Looked {
  readonly written: number;
  readonly proposals: number;
  readonly otherClasses: number;
}

/** Tells what an image has. */
function checkImage(
  { project, fields }: { readonly project: Project; readonly fields: FieldsOf },
  row: WholeImageRow,
  { categoryIds, includeProposals }: ExportWanted,
  tell: Tell,
): Looked {
  const stored = annotationsOf(project.store, row.id as ImageId);
  const all = stored.filter(
    ({ categoryId }) => categoryIds.length === 0 || categoryIds.includes(categoryId),
  );
  const isWritten = ({ status }: Annotation) =>
    status === 'accepted' || (includeProposals && status === 'proposal');
  const written = all.filter(isWritten);
  if (row.missing === 1 || row.problem !== null) tell('missing', null);
  if (row.status === IMAGE_STATUS_CODES.reviewed && !includeProposals)
    for (const one of all) if (one.status === 'proposal') tell('undecided', one);
  for (const one of written) {
    const [x, y, width, height] = one.box;
    const { width: right, height: bottom } = one.mask;
    if (one.area < TINY_PX) tell('tiny', one);
    if (missingFields(fields.get(one.categoryId) ?? [], one.details).length > 0)
      tell('unsaid', one);
    if (x <= 0 || y <= 0 || x + width >= right || y + height >= bottom) tell('border', one);
  }
  written.forEach((one, at) => {
    for (const other of written.slice(at + 1)) {
      const rule = meeting(one, other);
      if (rule !== null) tell(rule, one.area < other.area ? one : other);
    }
  });
  return {
    written: written.length,
    proposals: includeProposals ? 0 : all.filter(({ status }) => status === 'proposal').length,
    otherClasses: stored.filter(isWritten).length - written.length,
  };
}

function meeting(a: Annotation, b: Annotation): 'overlap' | 'twice' | null {
  if (!boxesMeet(a.box, b.box)) return null;
  const smaller = Math.min(a.area, b.area);
  const isOneClass = a.categoryId === b.categoryId;
  // Masks of one class can only be one where they are about as large.
  if (isOneClass && smaller < SAME_IOU * Math.max(a.area, b.area)) return null;
  const shared = area(intersect(a.mask, b.mask));
  if (isOneClass) return shared > SAME_IOU * (a.area + b.area - shared) ? 'twice' : null;
  return shared > MUCH_SHARED * smaller ? 'overlap' : null;
}

const boxesMeet = (
  [ax, ay, aw, ah]: Annotation['box'],
  [bx, by, bw, bh]: Annotation['box'],
): boolean => ax < bx + bw && bx < ax + aw && ay < by + bh && by < ay + ah;
