// What is worth a look before masks are written to files: slips of the brush, masks that lie in each other, what
// nobody has decided. Nothing of that stops an export; what does is told first.
import type {
  ExportAsked,
  ExportCheck,
  ExportImageStop,
  ExportPlace,
  ExportRule,
  ExportWanted,
} from '../../../api/methods/exchange.ts';
import type { Field } from '../../../api/rules/fields/fields.ts';
import { isMarked, missingFields } from '../../../api/rules/fields/ofObject.ts';
import { TINY_PX } from '../../../api/rules/tinyMasks.ts';
import type { Annotation, CategoryId, ImageId } from '../../../api/types.ts';
import { intersect } from '../../../masks/runs/combine.ts';
import { area } from '../../../masks/runs/rle.ts';
import { annotationsOf } from '../../project/annotations.ts';
import { exportFormat } from '../../dataset/formats/registry.ts';
import { listCategories } from '../../project/classes/categories.ts';
import { IMAGE_STATUS_CODES } from '../../project/database/schema.ts';
import type { WholeImageRow } from '../../project/images/images.ts';
import type { Project } from '../../project/project.ts';
import { Stops } from './stops.ts';
import { boxesMeet, doublesIn } from '../doubles.ts';
import { isOfWantedClass, isWritten, wantedImages, type WalkOptions } from '../wantedImages.ts';

/** Of the smaller of two masks of different classes. */
const MUCH_SHARED = 0.2;
/** Places that the report lists for each rule: as many as the image list's filter takes in one go. */
const MOST_PLACES = 50;

const RULES: readonly ExportRule[] = [
  'classes',
  'crowded',
  'nameless',
  'sharedFile',
  'missing',
  'tiny',
  'overlap',
  'twice',
  'undecided',
  'unsaid',
  'border',
];

/** What was found, and the images that the format cannot be written with, by why. */
export interface Looked {
  readonly check: ExportCheck;
  readonly stopped: ReadonlyMap<ImageId, ExportImageStop>;
}

export async function lookThrough(
  project: Project,
  wanted: ExportAsked,
  options: WalkOptions,
): Promise<Looked> {
  const found = new Map(RULES.map((rule) => [rule, { count: 0, places: [] as ExportPlace[] }]));
  const categories = listCategories(project.store);
  const fields: FieldsOf = new Map(
    categories.map((category) => [category.id, category.fields ?? []]),
  );
  const stops = new Stops((wanted.format && exportFormat(wanted.format).limits) || {});
  found.get('classes')!.count = stops.classesOver(categories.length);
  const leftOut = { proposals: 0, otherClasses: 0, unreviewed: 0 };
  const stopped = new Map<ImageId, ExportImageStop>();
  let [images, masks, stoppedMasks] = [0, 0, 0];
  for await (const { row, place, isUnreviewed } of wantedImages(project, wanted, options)) {
    if (isUnreviewed) {
      leftOut.unreviewed += 1;
      continue;
    }
    images += 1;
    const tell: Tell = (rule, one) => {
      const at = found.get(rule)!;
      at.count += 1;
      if (at.places.length < MOST_PLACES)
        at.places.push({ imageId: row.id as ImageId, place, annotationId: one?.id ?? null });
    };
    const looked = checkImage({ project, fields }, row, wanted, tell);
    const stop = stops.ofImage(row, looked.written);
    if (stop !== null) {
      tell(stop, null);
      stopped.set(row.id as ImageId, stop);
      stoppedMasks += looked.written;
    }
    masks += looked.written;
    leftOut.proposals += looked.proposals;
    leftOut.otherClasses += looked.otherClasses;
  }
  const rows = RULES.map((rule) => ({ rule, ...found.get(rule)! }));
  const out = { images: stopped.size, masks: stoppedMasks };
  return { stopped, check: { images, masks, leftOut, stopped: out, rows } };
}

/** What is asked of the objects of each class. */
type FieldsOf = ReadonlyMap<CategoryId, readonly Field[]>;

type Tell = (rule: ExportRule, one: Annotation | null) => void;

/** How many masks of an image would be written, and how many not, by why. */
interface LookedAt {
  readonly written: number;
  readonly proposals: number;
  readonly otherClasses: number;
}

/** Tells what an image has. */
function checkImage(
  { project, fields }: { readonly project: Project; readonly fields: FieldsOf },
  row: WholeImageRow,
  wanted: ExportWanted,
  tell: Tell,
): LookedAt {
  const stored = annotationsOf(project.store, row.id as ImageId);
  const all = stored.filter((one) => isOfWantedClass(wanted, one));
  const proposals = wanted.includeProposals
    ? []
    : all.filter(({ status }) => status === 'proposal');
  const written = all.filter((one) => isWritten(wanted, one));
  if (row.missing === 1 || row.problem !== null) tell('missing', null);
  if (row.status === IMAGE_STATUS_CODES.reviewed)
    for (const one of proposals) tell('undecided', one);
  for (const one of written) {
    if (one.area < TINY_PX) tell('tiny', one);
    if (missingFields(fields.get(one.categoryId) ?? [], one.details).length > 0)
      tell('unsaid', one);
    if (isMarked('cut', one.details, one)) tell('border', one);
  }
  written.forEach((one, at) => {
    for (const other of written.slice(at + 1))
      if (overlap(one, other)) tell('overlap', one.area < other.area ? one : other);
  });
  for (const one of doublesIn(written)) tell('twice', one);
  return {
    written: written.length,
    proposals: proposals.length,
    otherClasses: stored.filter((one) => isWritten(wanted, one)).length - written.length,
  };
}

function overlap(a: Annotation, b: Annotation): boolean {
  if (a.categoryId === b.categoryId || !boxesMeet(a.box, b.box)) return false;
  return area(intersect(a.mask, b.mask)) > MUCH_SHARED * Math.min(a.area, b.area);
}
