// The certificates that this process trusts: Node's own, the system's, as in browsers, and the file in
// NODE_EXTRA_CA_CERTS, which Electron does not read by itself.
import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

let problem: string | null = null;

/**
 * Sets them for every later connection of this process; the first call takes a tenth of a second, later
 * ones nothing. Gives back what could not be read, as words to be added to a sentence, or ''.
 */
export function trustSystem(env: Readonly<Record<string, string | undefined>>): string {
  problem ??= setTrust(env['NODE_EXTRA_CA_CERTS']);
  return problem;
}

function setTrust(extraFile: string | undefined): string {
  const trusted = [...getCACertificates('default'), ...getCACertificates('system')];
  try {
    const extra = extraFile ? certificatesIn(readFileSync(extraFile, 'utf8')) : [];
    setDefaultCACertificates([...trusted, ...extra]);
    return '';
  } catch (error) {
    setDefaultCACertificates(trusted);
    return ` (it names ${extraFile} now: ${error instanceof Error ? error.message : String(error)})`;
  }
}

function certificatesIn(text: string): string[] {
  const found = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  if (!found) throw new Error('no certificate in PEM form is in it');
  return found;
}
