// The system's proxy for an address, as Chromium resolves it from settings and scripts, in the form that
// Node takes. Node has no such resolver, so the engine asks here before it downloads.
import type { Session } from 'electron';

/** The first proxy of a list such as "PROXY a:8080; SOCKS b:1080; DIRECT" that Node can use; null = none. */
export function proxyAddress(list: string): string | null {
  for (const entry of list.split(';')) {
    const [kind = '', place = ''] = entry.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return null;
    const scheme = { PROXY: 'http', HTTP: 'http', HTTPS: 'https' }[kind.toUpperCase()];
    if (scheme !== undefined && URL.canParse(`${scheme}://${place}`)) return `${scheme}://${place}`;
  }
  return null;
}

/** Answers the engine's question; a resolver that fails means no proxy, as for browsers. */
export function proxyResolver(
  session: Pick<Session, 'resolveProxy'>,
  log: (line: string) => void,
): (url: string) => Promise<string | null> {
  return (url) =>
    session.resolveProxy(url).then(proxyAddress, (error: unknown) => {
      log(`proxy: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    });
}
