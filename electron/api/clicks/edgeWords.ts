// Why an edge stayed as it was, in words: the same in the window and in a terminal.
import type { KeptEdge } from './edges.ts';

/** "disagrees, 0.38 of 0.45" */
export function edgeReason({ reason, value, limit }: KeptEdge): string {
  const of = `${value.toFixed(2)} of ${limit.toFixed(2)}`;
  switch (reason) {
    case 'disagrees':
      return `disagrees, ${of}`;
    case 'unsure':
      return `the click model is unsure, ${of}`;
    case 'unstable':
      return `the edge is not steady, ${of}`;
    case 'elsewhere':
      return `mostly outside salience, ${of}`;
    case 'size':
      return limit > 1
        ? `${value.toFixed(1)} times the size, at most ${limit}`
        : `${value.toFixed(2)} times the size, at least ${limit}`;
  }
}
