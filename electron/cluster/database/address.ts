// Where the database is: `--db`, the variable SALIENCE_DB, or libpq's own variables. A password in an address
// never reaches a sentence.
import { ClusterError } from './clusterError.ts';

/** `embedded`, an address, or null for what libpq's variables say. */
export type Address =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'variables' };

const LIBPQ = ['PGHOST', 'PGHOSTADDR', 'PGSERVICE', 'PGDATABASE', 'PGUSER'];

/** Reads the words of a call. Throws ClusterError with the ways to name a database. */
export function readAddress(
  given: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Address {
  const text = (given ?? env['SALIENCE_DB'] ?? '').trim();
  if (text === 'embedded') return { kind: 'embedded' };
  if (text === '') {
    if (LIBPQ.some((name) => env[name])) return { kind: 'variables' };
    throw new ClusterError(
      'Which database? Use --db postgres://user@host/name (or the variable SALIENCE_DB), or --db embedded to try it on this computer.',
    );
  }
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text))
    throw new ClusterError(
      `${withoutPassword(text)} is no address of a PostgreSQL database: use postgres://user@host/name, or embedded.`,
    );
  return { kind: 'url', url: withLibpqTls(text) };
}

/** Without this option the driver reads `sslmode` in its own way instead of libpq's. */
function withLibpqTls(text: string): string {
  const url = new URL(text);
  if (!url.searchParams.has('sslmode') || url.searchParams.has('uselibpqcompat')) return text;
  url.searchParams.set('uselibpqcompat', 'true');
  return url.href;
}

/** The text without the part between `://` and the last `@` before the host, and without `password=`. */
export const withoutPassword = (text: string): string =>
  text.replace(/:\/\/[^/\s]*@/g, '://***@').replace(/(password=)[^&\s]*/gi, '$1***');
