// How each state of an object looks: line, dash and fill, as the design's table says.
import type { Annotation } from '../../../electron/api/types.ts';

export interface ObjectLook {
  readonly key: string;
  readonly annotation: Annotation;
  readonly color: string;
  /** 0-1, before the opacity setting. */
  readonly fill: number;
  /** Screen pixels. */
  readonly line: number;
  readonly dash: readonly number[];
  readonly selected: boolean;
  /** 0 = none, else which of the hatches. */
  readonly hatch: number;
}

/** An object that is being edited, drawn over the idle ones. */
export interface LiveLook {
  readonly look: ObjectLook;
  /** Its look among the idle objects beneath; null when it is not drawn there. */
  readonly idle: ObjectLook | null;
}

export interface LookFlags {
  readonly selected: boolean;
  readonly hovered: boolean;
  /** Its mask is a draft without edges. */
  readonly draft: boolean;
  /** Another object is being edited. */
  readonly aside: boolean;
  /** Hatch of its class, 0 = none. */
  readonly hatch: number;
}

/** What surrounds the picture, by the setting. */
export const GROUNDS = { theme: 'var(--canvas)', black: '#000', grey: '#777', white: '#fff' };

/** Opacity that leaves fills as designed: the fill of an accepted mask. */
export const DEFAULT_OPACITY = 0.34;

export function lookOf(annotation: Annotation, color: string, flags: LookFlags): ObjectLook {
  const base = baseLook(annotation);
  const fill = flags.hovered ? 0.46 : flags.selected ? 0.28 : base.fill * (flags.aside ? 0.6 : 1);
  const line = flags.draft ? 1 : flags.hovered ? 2.4 : base.line;
  return {
    key: annotation.id,
    annotation,
    color,
    fill,
    line,
    dash: base.dash,
    selected: flags.selected,
    hatch: annotation.isCrowd ? Math.max(1, flags.hatch) : flags.hatch,
  };
}

function baseLook(annotation: Annotation): { fill: number; line: number; dash: readonly number[] } {
  if (annotation.locked) return { fill: 0.16, line: 1, dash: [] };
  if (annotation.status === 'rejected') return { fill: 0.06, line: 1, dash: [2, 4] };
  if (annotation.status === 'accepted') return { fill: 0.34, line: 1.8, dash: [] };
  return annotation.doubtful
    ? { fill: 0.12, line: 2, dash: [1.5, 3.6] }
    : { fill: 0.2, line: 1.6, dash: [6, 4] };
}

/** Makes looks and gives the same object back while nothing about it changed. */
export function makeLooks(): (
  annotations: readonly Annotation[],
  colorOf: (annotation: Annotation) => string,
  flagsOf: (annotation: Annotation) => LookFlags,
) => readonly ObjectLook[] {
  let known = new Map<string, { look: ObjectLook; flags: LookFlags }>();
  return (annotations, colorOf, flagsOf) => {
    const next = new Map<string, { look: ObjectLook; flags: LookFlags }>();
    for (const annotation of annotations) {
      const color = colorOf(annotation);
      const flags = flagsOf(annotation);
      const before = known.get(annotation.id);
      const same =
        before?.look.annotation === annotation &&
        before.look.color === color &&
        (Object.keys(flags) as (keyof LookFlags)[]).every(
          (key) => before.flags[key] === flags[key],
        );
      next.set(annotation.id, same ? before : { look: lookOf(annotation, color, flags), flags });
    }
    known = next;
    return [...next.values()].map((entry) => entry.look);
  };
}

/** Fill after the opacity setting (0-1, 0.34 = as designed). */
export function fillAlpha(fill: number, opacity: number): number {
  return Math.min(1, (fill * opacity) / DEFAULT_OPACITY);
}
