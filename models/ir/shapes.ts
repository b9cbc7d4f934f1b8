// Arithmetic on sides that may be symbols. Two sides are equal when they are written equally:
// a symbol is never assumed to be 1.
import type { Dim, Shape } from './value.ts';

/** Product of sides: the number first, then the symbols in alphabetical order. */
export function product(dims: readonly Dim[]): Dim {
  let factor = 1;
  const symbols: string[] = [];
  for (const dim of dims)
    if (typeof dim === 'number') factor *= dim;
    else
      for (const part of dim.split('*'))
        if (/^\d+$/.test(part)) factor *= Number(part);
        else symbols.push(part);
  if (symbols.length === 0 || factor === 0) return factor;
  symbols.sort();
  return [...(factor === 1 ? [] : [String(factor)]), ...symbols].join('*');
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis]);
}

/** Shape of an elementwise result (NumPy's rule); null when the two do not fit. */
export function broadcast(a: Shape, b: Shape): Shape | null {
  const rank = Math.max(a.length, b.length);
  const shape: Dim[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const left = a[a.length - rank + axis] ?? 1;
    const right = b[b.length - rank + axis] ?? 1;
    if (left === right || right === 1) shape.push(left);
    else if (left === 1) shape.push(right);
    else return null;
  }
  return shape;
}

/** Axes of `wide` along which `narrow` was repeated, and how many leading axes it lacks. */
export function broadcastAxes(narrow: Shape, wide: Shape): { lacking: number; repeated: number[] } {
  const lacking = wide.length - narrow.length;
  const repeated = narrow.flatMap((dim, axis) =>
    dim === 1 && wide[lacking + axis] !== 1 ? [lacking + axis] : [],
  );
  return { lacking, repeated };
}

/** An axis counted from the front; throws when the rank does not have it. */
export function frontAxis(axis: number, rank: number): number {
  const front = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(front) || front < 0 || front >= rank)
    throw new Error(`axis ${axis} is outside rank ${rank}`);
  return front;
}
