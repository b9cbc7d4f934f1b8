// What is said of unfinished work, and where it lies.
import type { Parked, ParkedWork } from '../../../../../electron/api/types.ts';
import type { App } from '../../../state/app.svelte.ts';
import { text } from '../../../text/text.ts';
import { pointsOf } from '../../../tools/armed/parking.ts';

export interface Described {
  readonly name: string;
  readonly color: string;
  readonly detail: string;
  readonly points: number;
}

const NO_COLOR = '#9a9aa2';

export function describe(app: App, { categoryId, work }: Parked): Described {
  const words = text.label.unfinished;
  const category = categoryId === null ? undefined : app.session.categoryById.get(categoryId);
  const points = pointsOf(work).length / 2;
  return {
    name: category?.name ?? (work.kind === 'line' ? words.line : words.badge),
    color: category?.color ?? NO_COLOR,
    detail: detailOf(work, points),
    points,
  };
}

function detailOf(work: ParkedWork, points: number): string {
  const words = text.label.unfinished;
  if (work.kind === 'seed') return words.keptSeed;
  if (work.kind === 'clicks') return words.keptClicks(work.clicks.length / 3 + (work.box ? 1 : 0));
  return words.kept(points);
}

/** The shape under the hands, point by point. */
export function describeDrawing({ tools }: App): Described {
  const words = text.label.unfinished;
  const { category, steps } = tools;
  const isLine = tools.id === 'split';
  return {
    name: isLine ? words.line : (category?.name ?? words.badge),
    color: isLine ? NO_COLOR : (category?.color ?? NO_COLOR),
    detail: words.steps(steps, steps),
    points: steps,
  };
}

/** Whether a shape is being drawn point by point. */
export function isDrawing({ tools }: App): boolean {
  const { active } = tools;
  return (
    (active.tool === 'polygon' && active.state.kind === 'drawing') ||
    (active.tool === 'split' && active.state.points.length > 0)
  );
}

/** Left, top, right and bottom in image pixels. */
export function boundsOf(work: ParkedWork): [number, number, number, number] {
  const points = pointsOf(work);
  const xs = points.filter((_, i) => i % 2 === 0);
  const ys = points.filter((_, i) => i % 2 === 1);
  const [least, most] = [
    (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity),
    (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  return [least(xs), least(ys), most(xs), most(ys)];
}
