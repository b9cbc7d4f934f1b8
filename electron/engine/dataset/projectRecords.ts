// Between a project's records and those of data-set files, both ways. Numbers that records had in an
// imported file travel in `extra`, so that an export can write them back.
import type {
  Annotation,
  AnnotationId,
  AnnotationStatus,
  Category,
  CategoryId,
  ImageRecord,
  Json,
} from '../../api/types.ts';
import { area } from '../../masks/runs/rle.ts';
import { boundingBox } from '../../masks/runs/measure.ts';
import { joinDetails, joinFields, joinImageNotes, splitDetails } from './details/details.ts';
import type { DatasetAnnotation, DatasetCategory, DatasetImage, JsonObject } from './types.ts';

/** The key in `extra`; a file's own field of this name would be lost, so it is unlikely on purpose. */
const FILE_ID = 'salience:fileId';

export function toDatasetCategory(category: Category): DatasetCategory {
  const { id, name, supercategory, kind, color, fields } = category;
  const extra = joinFields(fields, splitExtra(category.extra).extra);
  return { id, name, supercategory, isThing: kind === 'thing', color, extra };
}

export function toDatasetAnnotation(annotation: Annotation): DatasetAnnotation {
  const { categoryId, mask, match, origin, isCrowd, details } = annotation;
  const { id, extra: kept } = splitExtra(annotation.extra);
  const extra = joinDetails(details, kept);
  return { id, categoryId, mask, score: match, origin, isCrowd, extra };
}

/** Annotations are put in drawing order, back to front; `extra` is what was kept of an import. */
export function toDatasetImage(
  image: Pick<ImageRecord, 'name' | 'width' | 'height' | 'status' | 'tags' | 'note'>,
  annotations: readonly Annotation[],
  extra: Json,
): DatasetImage {
  const { id, extra: kept } = splitExtra(extra);
  return {
    id,
    extra: joinImageNotes(image, kept),
    fileName: image.name,
    width: image.width,
    height: image.height,
    isReviewed: image.status === 'reviewed',
    annotations: [...annotations].sort((a, b) => a.z - b.z).map(toDatasetAnnotation),
  };
}

/** A project annotation from an imported one; `z` is its place in the drawing order. */
export function fromDatasetAnnotation(
  annotation: DatasetAnnotation,
  given: {
    readonly id: AnnotationId;
    readonly categoryId: CategoryId;
    readonly status: AnnotationStatus;
    readonly z: number;
  },
): Annotation {
  const { mask } = annotation;
  const box = boundingBox(mask);
  const { details, extra } = splitDetails(annotation.extra);
  return {
    ...given,
    origin: 'import',
    mask,
    box: [box.x, box.y, box.width, box.height],
    area: area(mask),
    locked: false,
    isCrowd: annotation.isCrowd,
    edited: false,
    match: annotation.score,
    margin: null,
    crfChange: null,
    doubtful: false,
    runId: null,
    extra: withFileId(annotation.id, extra),
    ...(details ? { details } : {}),
  };
}

/** `extra` for the project, with the number that the record had in its file. */
export function withFileId(id: number | null, extra: JsonObject): JsonObject {
  return id === null ? extra : { ...extra, [FILE_ID]: id };
}

function splitExtra(value: Json): { readonly id: number | null; readonly extra: JsonObject } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { id: null, extra: {} };
  const { [FILE_ID]: id = null, ...extra } = value as JsonObject;
  return { id: typeof id === 'number' ? id : null, extra };
}
