// Decisions of the browser host about who may speak to it; pure, so that each refusal is tested alone.
import { timingSafeEqual } from 'node:crypto';

/** Sent with every answer; the page's meta tag is only a second line of defence. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Where a host can be reached: its own name first, then the addresses that every browser knows. */
export const hostsOf = (label: string, port: number): readonly string[] => [
  `${label}.localhost:${port}`,
  `127.0.0.1:${port}`,
  `localhost:${port}`,
];

/** A cookie knows no ports: hosts of one name would log each other out of a browser without the number. */
export const cookieName = (port: number): string => `salience_${port}`;

export interface RequestFacts {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly cookie: string | undefined;
}

/**
 * Pages from elsewhere must not reach the host, even through a name that resolves to this machine (DNS
 * rebinding).
 */
export function refusal(
  facts: RequestFacts,
  hosts: readonly string[],
  needsOrigin: boolean,
): string | null {
  if (facts.host === undefined || !hosts.includes(facts.host)) return 'wrong Host';
  if (facts.origin === undefined ? needsOrigin : facts.origin !== `http://${facts.host}`)
    return 'foreign Origin';
  if (facts.fetchSite !== undefined && !isOwnPage(facts.fetchSite)) return 'cross-site request';
  return null;
}

/** True for requests of the program's own page and of the address bar. */
export const isOwnPage = (fetchSite: string): boolean =>
  fetchSite === 'same-origin' || fetchSite === 'none';

/** True when the cookie header holds the session secret under `name`; compares in constant time. */
export function hasSession(
  cookieHeader: string | undefined,
  name: string,
  secret: string,
): boolean {
  const prefix = `${name}=`;
  const value = cookieHeader
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(prefix))
    ?.slice(prefix.length);
  return value !== undefined && sameSecret(value, secret);
}

export function sameSecret(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
