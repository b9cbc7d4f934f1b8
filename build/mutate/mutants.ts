// One-operator mutants of a file: each changes the meaning of a single operator, by the compiler's own parse.
import { createRequire } from 'node:module';
import type TypeScript from 'typescript';

const ts = createRequire(import.meta.url)('typescript') as typeof TypeScript;
type Kind = TypeScript.SyntaxKind;
const K = ts.SyntaxKind;

export interface Mutant {
  readonly path: string;
  /** Of the operator, from 1. */
  readonly line: number;
  /** Offsets of what is replaced. */
  readonly start: number;
  readonly end: number;
  readonly from: string;
  readonly to: string;
}

/** What stands in for each operator: the neighbour that a slip of the hand would write. */
const INSTEAD: ReadonlyMap<Kind, string> = new Map<Kind, string>([
  [K.LessThanToken, '<='],
  [K.LessThanEqualsToken, '<'],
  [K.GreaterThanToken, '>='],
  [K.GreaterThanEqualsToken, '>'],
  [K.EqualsEqualsEqualsToken, '!=='],
  [K.ExclamationEqualsEqualsToken, '==='],
  [K.PlusToken, '-'],
  [K.MinusToken, '+'],
  [K.AsteriskToken, '/'],
  [K.SlashToken, '*'],
  [K.PercentToken, '*'],
  [K.AmpersandAmpersandToken, '||'],
  [K.BarBarToken, '&&'],
  [K.AmpersandToken, '|'],
  [K.BarToken, '&'],
  [K.LessThanLessThanToken, '>>'],
  [K.GreaterThanGreaterThanToken, '<<'],
  [K.GreaterThanGreaterThanGreaterThanToken, '<<'],
  [K.PlusEqualsToken, '-='],
  [K.MinusEqualsToken, '+='],
  [K.PlusPlusToken, '--'],
  [K.MinusMinusToken, '++'],
  [K.ExclamationToken, ''],
]);

/** Every mutant of a file, without text put together with + and comparisons that choose one of two equal numbers. */
export function mutantsOf(path: string, text: string): Mutant[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Mutant[] = [];
  const add = (start: number, end: number, kind: Kind) => {
    const to = INSTEAD.get(kind);
    if (to === undefined) return;
    const line = file.getLineAndCharacterOfPosition(start).line + 1;
    found.push({ path, line, start, end, from: text.slice(start, end), to });
  };
  const visit = (node: TypeScript.Node): void => {
    if (ts.isBinaryExpression(node) && !isText(node) && !choosesASide(node)) {
      const { operatorToken } = node;
      add(operatorToken.getStart(file), operatorToken.end, operatorToken.kind);
    } else if (ts.isPrefixUnaryExpression(node) && !ts.isLiteralTypeNode(node.parent))
      add(node.getStart(file), node.operand.getStart(file), node.operator);
    else if (ts.isPostfixUnaryExpression(node)) add(node.operand.end, node.end, node.operator);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const ORDERS: ReadonlySet<Kind> = new Set([
  K.LessThanToken,
  K.LessThanEqualsToken,
  K.GreaterThanToken,
  K.GreaterThanEqualsToken,
]);

/**
 * `if (a > b) b = a` and `a > b ? a : b`: where both are equal, either way gives that very number, so that no test
 * could tell `>` from `>=`. A side that does something when it is read is no such thing.
 */
function choosesASide(node: TypeScript.BinaryExpression): boolean {
  if (!ORDERS.has(node.operatorToken.kind)) return false;
  const { parent } = node;
  const sides = [node.left, node.right].map(readOf);
  if (sides.includes(null)) return false;
  const isBetween = (...ends: readonly TypeScript.Node[]) =>
    ends.map(readOf).sort().join('\n') === sides.toSorted().join('\n');
  if (ts.isConditionalExpression(parent) && parent.condition === node)
    return isBetween(parent.whenTrue, parent.whenFalse);
  if (!ts.isIfStatement(parent) || parent.elseStatement) return false;
  const then = parent.thenStatement;
  const only = ts.isBlock(then) && then.statements.length === 1 ? then.statements[0]! : then;
  return (
    ts.isExpressionStatement(only) &&
    ts.isBinaryExpression(only.expression) &&
    only.expression.operatorToken.kind === K.EqualsToken &&
    isBetween(only.expression.left, only.expression.right)
  );
}

/** What is read, without what only the types need; null where reading it may do something. */
function readOf(node: TypeScript.Node): string | null {
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node))
    return readOf(node.expression);
  const text = node.getText();
  return /[(!=]|\+\+|--/.test(text) ? null : text;
}

/** A sum of which any part is written as text. */
function isText(node: TypeScript.BinaryExpression): boolean {
  const isWords = (one: TypeScript.Expression): boolean =>
    ts.isStringLiteralLike(one) ||
    ts.isTemplateExpression(one) ||
    (ts.isBinaryExpression(one) && isText(one));
  return isWords(node.left) || isWords(node.right);
}

/** The file with one mutant in it. */
export const mutated = (text: string, { start, end, to }: Mutant): string =>
  text.slice(0, start) + to + text.slice(end);
