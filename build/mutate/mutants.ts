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

/** Every mutant of a file; text put together with + is left alone. */
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
    if (ts.isBinaryExpression(node) && !isText(node)) {
      const { operatorToken } = node;
      add(operatorToken.getStart(file), operatorToken.end, operatorToken.kind);
    } else if (ts.isPrefixUnaryExpression(node))
      add(node.getStart(file), node.operand.getStart(file), node.operator);
    else if (ts.isPostfixUnaryExpression(node)) add(node.operand.end, node.end, node.operator);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
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
