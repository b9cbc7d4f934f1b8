// Exports that nobody uses, and exports that only tests use: dead weight for readers.
import { createRequire } from 'node:module';
import { posix } from 'node:path';
import type TypeScript from 'typescript';
import type { SourceFile } from './sources.ts';

const ts = createRequire(import.meta.url)('typescript') as typeof TypeScript;

/** Names that a bundler, a framework or a person's command reads. */
const DOORS =
  /(^build\/|\.config\.|\/entry\.ts$|\.worker\.ts$|^electron\/(main|preload)\/|\/testing\.ts$)/;

interface UnusedExport {
  readonly path: string;
  readonly name: string;
  /** True when a test imports it. */
  readonly isTested: boolean;
}

/** Breaches: exports without a user, and those that only tests use, but for names in `forTests`. */
export function exportBreaches(
  product: readonly SourceFile[],
  tests: readonly SourceFile[],
  forTests: readonly string[],
): string[] {
  return unusedExports(product, tests)
    .filter(({ path, name }) => !forTests.includes(`${path} ${name}`))
    .map(({ path, name, isTested }) =>
      isTested
        ? `${path} exports ${name} for tests alone: the product has no use for it`
        : `${path} exports ${name}, which no other file imports`,
    );
}

/** Exported names that no other product file imports; a name that its own file uses may be tested. */
function unusedExports(
  product: readonly SourceFile[],
  tests: readonly SourceFile[],
): UnusedExport[] {
  const used = importedNames(product);
  const tested = importedNames(tests);
  return product
    .filter(({ path }) => !path.endsWith('.svelte') && !DOORS.test(path))
    .flatMap(({ path, script }) =>
      exportedNames(script)
        .filter((name) => !used.has(`${path} ${name}`) && !used.has(`${path} *`))
        .map((name) => ({
          path,
          name,
          isTested: tested.has(`${path} ${name}`) || tested.has(`${path} *`),
        }))
        .filter(({ name, isTested }) => !isTested || !isUsedIn(script, name)),
    );
}

/** 'path name' for every import of a name; 'path *' where a whole module is taken. */
function importedNames(files: readonly SourceFile[]): Set<string> {
  const found = new Set<string>();
  for (const { path, script } of files) {
    const target = (specifier: string) =>
      specifier.startsWith('.')
        ? posix.normalize(posix.join(posix.dirname(path), specifier.split('?')[0] as string))
        : null;
    const visit = (node: TypeScript.Node): void => {
      if (
        (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
        node.moduleSpecifier &&
        ts.isStringLiteral(node.moduleSpecifier)
      ) {
        const file = target(node.moduleSpecifier.text);
        if (file !== null) for (const name of namesOf(node)) found.add(`${file} ${name}`);
      } else if (
        ts.isCallExpression(node) &&
        node.expression.kind === ts.SyntaxKind.ImportKeyword &&
        node.arguments[0] &&
        ts.isStringLiteral(node.arguments[0])
      ) {
        const file = target(node.arguments[0].text);
        if (file !== null) found.add(`${file} *`);
      } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
        const { literal } = node.argument;
        const file = ts.isStringLiteral(literal) ? target(literal.text) : null;
        if (file !== null) found.add(`${file} *`);
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(path, script, ts.ScriptTarget.Latest));
  }
  return found;
}

function namesOf(node: TypeScript.ImportDeclaration | TypeScript.ExportDeclaration): string[] {
  if (ts.isExportDeclaration(node)) {
    if (!node.exportClause || !ts.isNamedExports(node.exportClause)) return ['*'];
    return node.exportClause.elements.map((one) => (one.propertyName ?? one.name).text);
  }
  const clause = node.importClause;
  if (!clause) return [];
  const bindings = clause.namedBindings;
  return [
    ...(clause.name ? ['default'] : []),
    ...(bindings && ts.isNamespaceImport(bindings) ? ['*'] : []),
    ...(bindings && ts.isNamedImports(bindings)
      ? bindings.elements.map((one) => (one.propertyName ?? one.name).text)
      : []),
  ];
}

function exportedNames(script: string): string[] {
  const file = ts.createSourceFile('file.ts', script, ts.ScriptTarget.Latest);
  return file.statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    const names = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.flatMap(({ name }) =>
          ts.isIdentifier(name) ? [name.text] : [],
        )
      : 'name' in statement && statement.name
        ? [(statement.name as TypeScript.Identifier).text]
        : [];
    // A type that a signature of the same file names is part of that signature.
    const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
    return isType ? names.filter((name) => !isUsedIn(script, name)) : names;
  });
}

/** Whether the file's code says the name again, besides where it is defined; comments do not count. */
function isUsedIn(script: string, name: string): boolean {
  let found = 0;
  const visit = (node: TypeScript.Node): void => {
    if (ts.isIdentifier(node) && node.text === name) found++;
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('file.ts', script, ts.ScriptTarget.Latest));
  return found > 1;
}
