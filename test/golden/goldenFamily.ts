// The frame of the golden cases: finds them by meta.json, hands each to its family's runner, reports.
// A family is one file in test/golden/families; the file's name is the family's name.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What one case came to; `largestError` and `tolerance` are in the units of `detail`. */
export interface GoldenResult {
  readonly largestError: number;
  readonly tolerance: number;
  /** What had the largest error, in words. */
  readonly detail: string;
  readonly passed: boolean;
}

/** Runs any case of one layout, from the case's own files only. */
export interface GoldenFamily {
  readonly name: string;
  run(caseFolder: string, meta: unknown): Promise<GoldenResult>;
}

export interface GoldenCase {
  /** Path below the root, for people. */
  readonly label: string;
  readonly folder: string;
  readonly family: string;
  readonly meta: unknown;
}

const repository = resolve(import.meta.dirname, '../..');
const families = join(import.meta.dirname, 'families');
/** The few cases that travel with the repository. */
export const FIXTURE_ROOT = join(repository, 'test/fixtures/goldens');

/** Where the cases lie: the folder asked for, GOLDENS, ../shared/goldens, else the small copy. */
export function goldenRoot(asked?: string): string {
  const root = asked ?? process.env['GOLDENS'];
  if (root !== undefined && root !== '') {
    if (!existsSync(root)) throw new Error(`no folder ${root}; give --root or GOLDENS one`);
    return resolve(root);
  }
  const shared = resolve(repository, '../shared/goldens');
  return existsSync(shared) ? shared : FIXTURE_ROOT;
}

/** Cases of families that are being added. */
const NEXT = '../shared/goldens-next';

/**
 * The cases that a plain run looks at: those of `root`, and those in ../shared/goldens-next whose family
 * is here already. `absent` says in words what else could have run.
 */
export function plainCases(only: readonly string[] = []): {
  readonly cases: readonly GoldenCase[];
  readonly roots: readonly string[];
  readonly absent: readonly string[];
} {
  const root = goldenRoot();
  const cases = findCases(root, only);
  const absent: string[] = [];
  if (root === FIXTURE_ROOT)
    absent.push('../shared/goldens is not here; running the small copy in test/fixtures');
  const asked = process.env['GOLDENS'];
  if (asked !== undefined && asked !== '') return { cases, roots: [root], absent };
  const next = resolve(repository, NEXT);
  if (!existsSync(next)) {
    absent.push(`${NEXT} is not here; the families that only it has cases of do not run`);
    return { cases, roots: [root], absent };
  }
  const added = findCases(next, only);
  const unknown = new Set(added.filter((one) => !hasRunner(one)).map(({ family }) => family));
  if (unknown.size > 0 && only.length === 0)
    absent.push(`${NEXT} has cases of ${[...unknown].join(', ')}, which Salience does not have`);
  // A family that is asked for by name fails where it has no runner.
  const run = added.filter((one) => only.length > 0 || hasRunner(one));
  return { cases: [...cases, ...run], roots: [root, next], absent };
}

/** Every folder below `root` with a meta.json, in the order of their paths. */
export function findCases(root: string, only: readonly string[] = []): GoldenCase[] {
  const cases = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => basename(file) === 'meta.json')
    .sort()
    .map((file): GoldenCase => {
      const folder = join(root, dirname(file));
      const meta: unknown = JSON.parse(readFileSync(join(root, file), 'utf8'));
      const named =
        typeof meta === 'object' && meta !== null && 'family' in meta ? meta.family : undefined;
      const family = typeof named === 'string' ? named : basename(dirname(folder));
      return { label: relative(root, folder), folder, family, meta };
    });
  return only.length === 0 ? cases : cases.filter((one) => only.includes(one.family));
}

const runnerOf = ({ family }: GoldenCase) => join(families, `${family}.ts`);
const hasRunner = (one: GoldenCase) => /^[a-z0-9-]+$/.test(one.family) && existsSync(runnerOf(one));

/** Runs one case; a missing runner or an exception is a failure with its reason, never a skip. */
export async function runCase(one: GoldenCase): Promise<GoldenResult> {
  const file = runnerOf(one);
  try {
    if (!hasRunner(one)) throw new Error(`no runner test/golden/families/${one.family}.ts`);
    const { family } = (await import(pathToFileURL(file).href)) as { family: GoldenFamily };
    return await family.run(one.folder, one.meta);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { largestError: Infinity, tolerance: 0, detail, passed: false };
  }
}

/** One line per case, with its largest error and what is allowed. */
export function resultLine(one: GoldenCase, result: GoldenResult): string {
  const figures = Number.isFinite(result.largestError)
    ? `largest error ${result.largestError.toExponential(2)} of ${result.tolerance.toExponential(1)} allowed: `
    : '';
  return `${result.passed ? 'ok  ' : 'FAIL'} ${one.label.padEnd(40)} ${figures}${result.detail}`;
}
