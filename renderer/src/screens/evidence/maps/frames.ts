// The frames of the film for one class: passes, the way from their sum to the mask, other classes.
import type { CategoryId } from '../../../../../electron/api/types.ts';
import type { MapRequest } from '../../../../../electron/api/run.ts';
import type { RunSummary } from '../../../../../electron/api/run.ts';

export type FrameKind = 'pass' | 'sum' | 'cut' | 'blurred' | 'mask' | 'class' | 'head';

export interface EvidenceFrame {
  readonly key: string;
  readonly kind: FrameKind;
  readonly categoryId: CategoryId;
  /** 0-based, for passes; -1 elsewhere. */
  readonly pass: number;
  /** Patch numbers hidden before this pass, row-major. */
  readonly dropped: readonly number[];
  /** 1-based layer and head, for 'head'. */
  readonly layer?: number;
  readonly head?: number;
  readonly request: MapRequest | null;
}

const NONE = { pass: -1, dropped: [] } as const;

/** Patches hidden before a pass for a class; captions of their own have lists of their own. */
function droppedIn(run: RunSummary, pass: number, categoryId: CategoryId): readonly number[] {
  const lists = run.passes[pass]?.dropped ?? [];
  return lists[lists.length > 1 ? columnOf(run, categoryId) : 0] ?? [];
}

/** Match logit of a pass for a class. */
export function logitOf(run: RunSummary, pass: number, categoryId: CategoryId): number | null {
  const z = run.passes[pass]?.z ?? [];
  return z[z.length > 1 ? columnOf(run, categoryId) : 0] ?? null;
}

function columnOf(run: RunSummary, categoryId: CategoryId): number {
  return Math.max(
    0,
    run.classes.findIndex((result) => result.categoryId === categoryId),
  );
}

export function passFrames(
  run: RunSummary,
  categoryId: CategoryId,
  oneScale: boolean,
): EvidenceFrame[] {
  return run.passes.map((_, pass) => ({
    key: `pass${pass}`,
    kind: 'pass' as const,
    categoryId,
    pass,
    dropped: droppedIn(run, pass, categoryId),
    request: { kind: 'pass' as const, categoryId, pass, scale: oneScale ? 'run' : 'pass' },
  }));
}

/** The weighted sums up to each pass, as frames in the place of the passes. */
export function sumFrames(run: RunSummary, categoryId: CategoryId): EvidenceFrame[] {
  return run.passes.map((_, pass) => ({
    key: `upTo${pass}`,
    kind: 'sum' as const,
    categoryId,
    pass,
    dropped: [],
    request: { kind: 'sum' as const, categoryId, upTo: pass },
  }));
}

/** Sum, cut, blurred, mask. */
export function stepFrames(run: RunSummary, categoryId: CategoryId): EvidenceFrame[] {
  const upTo = Math.max(0, run.passes.length - 1);
  return [
    { ...NONE, key: 'sum', kind: 'sum', categoryId, request: { kind: 'sum', categoryId, upTo } },
    { ...NONE, key: 'cut', kind: 'cut', categoryId, request: { kind: 'cut', categoryId } },
    {
      ...NONE,
      key: 'blurred',
      kind: 'blurred',
      categoryId,
      request: { kind: 'blurred', categoryId },
    },
    { ...NONE, key: 'mask', kind: 'mask', categoryId, request: null },
  ];
}

/** The other classes of the prompt, blurred; the best match first. */
export function classFrames(run: RunSummary, categoryId: CategoryId): EvidenceFrame[] {
  return run.classes
    .filter((result) => result.categoryId !== categoryId)
    .sort((a, b) => b.match - a.match)
    .map((result) => ({
      ...NONE,
      key: `class${result.categoryId}`,
      kind: 'class' as const,
      categoryId: result.categoryId,
      request: { kind: 'blurred' as const, categoryId: result.categoryId },
    }));
}

export function headFrame(categoryId: CategoryId, layer: number, head: number): EvidenceFrame {
  return {
    ...NONE,
    key: headKey(layer, head),
    kind: 'head',
    categoryId,
    layer,
    head,
    request: { kind: 'layerHead', categoryId, layer, head },
  };
}

export const headKey = (layer: number, head: number): string => `head${layer}/${head}`;

/** True when the run's masks come from this layer and head. */
export function isUsed(run: RunSummary, layer: number, head: number): boolean {
  return run.layers.includes(layer) && (run.heads.length === 0 || run.heads.includes(head));
}
