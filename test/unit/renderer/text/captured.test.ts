// A switch of the language reaches every sentence: none is read once and kept where a module or a
// component begins.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { en } from '../../../../renderer/src/text/en.ts';

const ROOT = join(import.meta.dirname, '../../../../renderer/src');

/** Scripts of a file with the line each begins at. */
function scriptsOf(path: string, source: string): { code: string; line: number }[] {
  if (!path.endsWith('.svelte')) return [{ code: source, line: 0 }];
  return [...source.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => ({
    code: match[1] ?? '',
    line: source.slice(0, match.index).split('\n').length - 1,
  }));
}

/** What a chain of names ends at: a group goes on to be asked, a sentence is fixed once it is read. */
function read(chain: ts.Expression, groups: ReadonlyMap<string, unknown>): unknown {
  if (ts.isIdentifier(chain)) return groups.get(chain.text);
  if (!ts.isPropertyAccessExpression(chain) && !ts.isElementAccessExpression(chain))
    return undefined;
  const of = read(chain.expression, groups);
  if (typeof of !== 'object' || of === null) return undefined;
  const name = ts.isPropertyAccessExpression(chain) ? chain.name.text : null;
  return name === null ? Object.values(of)[0] : (of as { [key: string]: unknown })[name];
}

const isGroup = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const AT_ONCE = /^(?:map|flatMap|filter|find|some|every|reduce|forEach|sort|toSorted|from)$/;

/** A callback of a list runs where it stands. */
const isRunAtOnce = ({ parent }: ts.Node) =>
  ts.isCallExpression(parent) &&
  ts.isPropertyAccessExpression(parent.expression) &&
  AT_ONCE.test(parent.expression.name.text);

/** Lines that keep a sentence. */
function keptIn(code: string): number[] {
  const file = ts.createSourceFile('a.ts', code, ts.ScriptTarget.Latest, true);
  const imports = /import \{[^}]*\btext\b[^}]*\} from '[^']*text\/text\.ts'/.test(code);
  if (!imports) return [];
  const groups = new Map<string, unknown>([['text', en]]);
  const kept: number[] = [];
  const keep = (node: ts.Node) =>
    kept.push(file.getLineAndCharacterOfPosition(node.getStart()).line);
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && !isRunAtOnce(node)) return;
    if (ts.isTypeNode(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isImportDeclaration(node)) return;
    if (ts.isCallExpression(node) && /^\$(derived|effect)\b/.test(node.expression.getText()))
      return;
    if (ts.isVariableDeclaration(node) && node.initializer) {
      const value = read(node.initializer, groups);
      if (isGroup(value)) {
        if (ts.isIdentifier(node.name)) groups.set(node.name.text, value);
        else if (ts.isObjectBindingPattern(node.name))
          for (const one of node.name.elements) {
            const name = (one.propertyName ?? one.name).getText();
            const part = (value as { [key: string]: unknown })[name];
            if (isGroup(part)) groups.set(one.name.getText(), part);
            else keep(one);
          }
        return;
      }
    }
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      const value = read(node, groups);
      if (value !== undefined) {
        if (!isGroup(value)) keep(node);
        return;
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return kept;
}

it('finds a sentence that is kept, and lets a group be kept', () => {
  const head = "import { text } from '../text/text.ts';\n";
  expect(keptIn(`${head}const words = text.label;\nconst f = () => words.empty;`)).toEqual([]);
  expect(keptIn(`${head}const name = text.app.name;`)).toEqual([1]);
  expect(keptIn(`${head}const words = text.app;\nconst all = [{ label: words.name }];`)).toEqual([
    2,
  ]);
  expect(keptIn(`${head}const { name } = text.app;`)).toEqual([1]);
  expect(keptIn(`${head}const all = [1].map(() => text.app.name);`)).toEqual([1]);
  expect(keptIn(`${head}class A { label = text.app.name; }`)).toEqual([1]);
  expect(keptIn(`${head}const name = $derived(text.app.name);`)).toEqual([]);
  expect(keptIn(`${head}let { close = text.common.close } = $props();`)).toEqual([1]);
});

it('keeps no sentence anywhere in the window', () => {
  const found = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|svelte)$/.test(path) && !/^text[\\/]/.test(path))
    .flatMap((path) =>
      scriptsOf(path, readFileSync(join(ROOT, path), 'utf8')).flatMap(({ code, line }) =>
        keptIn(code).map((at) => `${path}:${line + at + 1}`),
      ),
    );
  expect(found).toEqual([]);
});
