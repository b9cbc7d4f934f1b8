// Decisions over many proposals as one step that can be undone at once.
import type {
  Annotation,
  AnnotationChange,
  AnnotationId,
  CategoryId,
  ImageId,
  Revision,
} from '../../api/types.ts';
import { commitTogether, engineTransaction } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import type { AnnotationRow } from '../project/annotations.ts';
import { toAnnotation } from '../project/annotations.ts';
import type { Project } from '../project/project.ts';
import type { SqlValue } from '../project/database/store.ts';
import { counted } from '../../link/words/counted.ts';

export type Decision =
  | { readonly decision: 'accept' | 'reject' }
  | { readonly decision: 'category'; readonly categoryId: CategoryId };

/** A decision, and the window that made it. */
interface Decided {
  readonly decision: Decision;
  readonly clientId: string;
}

/** Ids bound per statement. */
const CHUNK = 500;

/** Applies a decision to annotations by id; unknown ids and those already so are left out. */
export function decideByIds(
  context: EngineContext,
  project: Project,
  ids: readonly AnnotationId[],
  by: Decided,
): { changed: number; revision: Revision } {
  const rows: AnnotationRow[] = [];
  for (let from = 0; from < ids.length; from += CHUNK) {
    const chunk = ids.slice(from, from + CHUNK);
    rows.push(
      ...project.store.all<AnnotationRow>(
        `SELECT * FROM annotation WHERE id IN (${chunk.map(() => '?').join(',')})`,
        ...chunk,
      ),
    );
  }
  return decide(context, project, rows, by);
}

/** The same for all rows of `annotation` that pass a WHERE. */
export function decideWhere(
  context: EngineContext,
  project: Project,
  where: { sql: string; values: readonly SqlValue[] },
  by: Decided,
): { changed: number; revision: Revision } {
  const rows = project.store.all<AnnotationRow>(
    `SELECT * FROM annotation ${where.sql}`,
    ...where.values,
  );
  return decide(context, project, rows, by);
}

function decide(
  context: EngineContext,
  project: Project,
  rows: readonly AnnotationRow[],
  { decision, clientId }: Decided,
): { changed: number; revision: Revision } {
  const perImage = new Map<ImageId, AnnotationChange[]>();
  let changed = 0;
  for (const row of rows) {
    const before = toAnnotation(row);
    const after = decided(before, decision);
    if (after === null) continue;
    const imageId = row.image_id as ImageId;
    const changes = perImage.get(imageId) ?? [];
    changes.push({ id: before.id, before, after });
    perImage.set(imageId, changes);
    changed += 1;
  }
  const label = labelOf(decision, changed);
  const transactions = [...perImage].map(([imageId, changes]) =>
    engineTransaction(context, { imageId, label, origin: 'user', record: 'now', changes }),
  );
  if (transactions.length > 0) commitTogether(context, project, transactions, { clientId });
  return { changed, revision: project.revision() };
}

function decided(annotation: Annotation, decision: Decision): Annotation | null {
  if (decision.decision === 'category')
    return annotation.categoryId === decision.categoryId
      ? null
      : { ...annotation, categoryId: decision.categoryId, edited: true };
  const status = decision.decision === 'accept' ? 'accepted' : 'rejected';
  return annotation.status === status ? null : { ...annotation, status };
}

function labelOf(decision: Decision, count: number): string {
  const what = counted(count, 'proposal');
  if (decision.decision === 'category') return `Change the class of ${what}`;
  return decision.decision === 'accept' ? `Accept ${what}` : `Reject ${what}`;
}
