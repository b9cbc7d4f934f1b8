// No file imports itself over others, and no two folders import each other: types count like values,
// since a reader follows both.
import { folderOf, type SourceFile } from './sources.ts';

/** Every circle of files and every pair of folders that import each other, as sentences. */
export function circleBreaches(files: readonly SourceFile[]): string[] {
  const graph = new Map(files.map(({ path, imports }) => [path, imports]));
  return [
    ...circlesOf(graph).map((circle) => `${circle.join(' -> ')} import each other in a circle`),
    ...folderPairs(files),
  ];
}

/** Strongly connected sets of more than one file (Tarjan 1972). */
function circlesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const found: string[][] = [];
  const visit = (node: string): void => {
    order.set(node, order.size);
    low.set(node, order.get(node)!);
    stack.push(node);
    onStack.add(node);
    for (const next of graph.get(node) ?? []) {
      if (!graph.has(next)) continue;
      if (!order.has(next)) visit(next);
      if (onStack.has(next)) low.set(node, Math.min(low.get(node)!, low.get(next)!));
    }
    if (low.get(node) !== order.get(node)) return;
    const circle: string[] = [];
    for (let one = stack.pop()!; ; one = stack.pop()!) {
      onStack.delete(one);
      circle.push(one);
      if (one === node) break;
    }
    if (circle.length > 1) found.push(circle.sort());
  };
  for (const node of [...graph.keys()].sort()) if (!order.has(node)) visit(node);
  return found;
}

/** A folder and one inside it may know each other: its loose files are its doors. */
const isInside = (a: string, b: string) => a.startsWith(`${b}/`) || b.startsWith(`${a}/`);

function folderPairs(files: readonly SourceFile[]): string[] {
  const edges = new Map<string, string>();
  for (const { path, imports } of files)
    for (const target of imports) {
      const [from, to] = [folderOf(path), folderOf(target)];
      if (from !== to && !isInside(from, to)) edges.set(`${from} ${to}`, `${path} -> ${target}`);
    }
  return [...edges].flatMap(([pair, edge]) => {
    const [from, to] = pair.split(' ') as [string, string];
    const back = edges.get(`${to} ${from}`);
    return back && from < to
      ? [`${from} and ${to} import each other: ${edge} and ${back}; move what both need below both`]
      : [];
  });
}
