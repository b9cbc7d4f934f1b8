// The product's source files with what each imports, by the compiler's own parse; Svelte scripts too.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, posix, relative, sep } from 'node:path';
import type TypeScript from 'typescript';

const ts = createRequire(import.meta.url)('typescript') as typeof TypeScript;

export interface SourceFile {
  /** Path from the root with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Script text: all of a .ts file, the scripts of a component. */
  readonly script: string;
  /** Files of the project that it imports, types included. */
  readonly imports: readonly string[];
  /** Packages and builtins that it imports, as written. */
  readonly packages: readonly string[];
}

const PRODUCT = ['electron', 'renderer', 'models', 'build'] as const;
const SKIPPED = /(^|\/)(node_modules|assembly|dist|test\/fixtures)(\/|$)/;

/** Every source file under `root` of the given top folders. */
export function sourceFiles(root: string, tops: readonly string[] = PRODUCT): SourceFile[] {
  return tops.flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|mts|js|mjs|svelte)$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join(posix.sep))
      .filter((path) => !SKIPPED.test(path) && !path.endsWith('.d.ts') && !path.endsWith('.d.mts'))
      .map((path) => sourceFile(root, path)),
  );
}

function sourceFile(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const script = path.endsWith('.svelte')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((one) => one[1]).join('\n')
    : text;
  const named = ts.preProcessFile(script, true, true).importedFiles.map((one) => one.fileName);
  return {
    path,
    text,
    script,
    imports: named
      .filter((name) => name.startsWith('.'))
      .map((name) => posix.normalize(posix.join(posix.dirname(path), name.split('?')[0] as string)))
      .filter((target) => /\.(ts|mts|js|mjs|svelte)$/.test(target)),
    packages: named.filter((name) => !name.startsWith('.')),
  };
}

/** Folder of a file, as the path of a node in the folder graph. */
export const folderOf = (path: string): string => posix.dirname(path);
