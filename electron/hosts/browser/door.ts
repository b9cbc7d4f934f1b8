// Who may come in: start links that work once, and the session cookie that they become. The host has a
// name of its own below `localhost`, which browsers take to this computer without asking anybody: cookies
// and storage of that name go to no other program, whatever its port.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestFacts } from './webSecurity.ts';
import { cookieName, hasSession, hostsOf, isOwnPage, refusal, sameSecret } from './webSecurity.ts';

export interface Door {
  /** A start link with a token of its own. */
  newLink(): string;
  /** Why this request is refused before anything else is looked at; null = go on. */
  refusalOf(request: IncomingMessage, needsOrigin: boolean): string | null;
  hasSession(request: IncomingMessage): boolean;
  /** Answers a start link; false when its token was used before and there is no session either. */
  admit(request: IncomingMessage, response: ServerResponse, token: string): boolean;
}

/** A label that nobody can guess; letters and digits, as names of hosts have them. */
export const newLabel = (): string => `s${randomBytes(12).toString('hex')}`;

const factsOf = (request: IncomingMessage): RequestFacts => ({
  host: request.headers.host,
  origin: request.headers.origin,
  fetchSite: request.headers['sec-fetch-site'] as string | undefined,
  cookie: request.headers.cookie,
});

/** The token in an address, if that is a start link. */
export const tokenOf = (url: URL): string | null =>
  url.pathname === '/' ? url.searchParams.get('token') : null;

export function createDoor(label: string, port: number): Door {
  const hosts = hostsOf(label, port);
  const cookie = cookieName(port);
  const session = randomBytes(32).toString('base64url');
  const tokens = new Set<string>();
  const inside = (request: IncomingMessage) => hasSession(request.headers.cookie, cookie, session);
  return {
    newLink: () => {
      const token = randomBytes(32).toString('base64url');
      tokens.add(token);
      return `http://${hosts[0]}/?token=${token}`;
    },
    refusalOf: (request, needsOrigin) => refusal(factsOf(request), hosts, needsOrigin),
    hasSession: inside,
    admit: (request, response, token) => {
      // A start link is followed from outside any page, so only its Host can be checked.
      if (refusal({ ...factsOf(request), fetchSite: undefined }, hosts, false) !== null)
        return false;
      const known = [...tokens].find((candidate) => sameSecret(token, candidate));
      if (known === undefined && !inside(request)) return false;
      if (known !== undefined) {
        tokens.delete(known);
        response.setHeader('set-cookie', `${cookie}=${session}; HttpOnly; SameSite=Strict; Path=/`);
      }
      goOn(request, response);
      return true;
    },
  };
}

/** On to the page. A browser that came from elsewhere sends no strict cookie along a redirect: our page sends it on. */
function goOn(request: IncomingMessage, response: ServerResponse): void {
  const from = request.headers['sec-fetch-site'];
  if (from === undefined || isOwnPage(String(from))) {
    response.writeHead(303, { location: '/' });
    response.end();
    return;
  }
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(
    '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/"><title>Salience</title>',
  );
}
