// The edge of an object as the run found it: redrawn by a click model, or kept for a reason.
import type {
  EdgeFinding,
  KeptEdge,
  MaskEdges,
  RefinedEdge,
} from '../../../../electron/api/clicks/edges.ts';
import type { RunSummary } from '../../../../electron/api/run.ts';
import type { Annotation } from '../../../../electron/api/types.ts';

type Placed = Pick<Annotation, 'runId' | 'categoryId' | 'box'>;
type Run = Pick<RunSummary, 'runId' | 'edges'> | null;

/** What is kept of the very mask that the run found. */
function edgesOf(run: Run, { runId, categoryId, box }: Placed): MaskEdges | null {
  if (!run?.edges || run.runId !== runId) return null;
  const found = run.edges.masks.find(
    (mask) => mask.categoryId === categoryId && mask.box.every((side, at) => side === box[at]),
  );
  return found ?? null;
}

/** Of `objects` the things that were one part with this one, itself among them; none where it was never split. */
export function apartFrom<T extends Placed>(run: Run, object: Placed, objects: readonly T[]): T[] {
  const own = edgesOf(run, object)?.apart;
  if (own === undefined) return [];
  return objects.filter((one) => edgesOf(run, one)?.apart === own);
}

/** The findings of an object's parts; none for one that no click model was asked about, or that was edited. */
export const findingsOf = (run: Run, object: Placed): readonly EdgeFinding[] =>
  edgesOf(run, object)?.parts ?? [];

const isKept = (finding: EdgeFinding): finding is KeptEdge => finding.kind === 'kept';
const isRefined = (finding: EdgeFinding): finding is RefinedEdge => finding.kind === 'refined';

/** Of several parts the first whose edge stayed; null where none did. */
export const keptOf = (findings: readonly EdgeFinding[]): KeptEdge | null =>
  findings.find(isKept) ?? null;

/** Of several parts the least sure edge. */
export const refinedOf = (findings: readonly EdgeFinding[]): RefinedEdge | null =>
  findings.filter(isRefined).toSorted((a, b) => a.edge - b.edge)[0] ?? null;

export interface EdgeCount {
  readonly refined: number;
  readonly all: number;
  readonly median: number | null;
}

/** Over all masks of a run; null where no edge was asked about. */
export function countEdges(run: Pick<RunSummary, 'edges'> | null): EdgeCount | null {
  const findings = run?.edges?.masks.flatMap(({ parts }) => parts) ?? [];
  if (findings.length === 0) return null;
  const drawn = findings.filter(isRefined).map(({ edge }) => edge);
  drawn.sort((a, b) => a - b);
  const median = drawn[Math.floor(drawn.length / 2)] ?? null;
  return { refined: drawn.length, all: findings.length, median };
}
