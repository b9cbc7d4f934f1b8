// Whom a process believes once it has been told of a certificate file, against a server on loopback.
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../../../helpers/drivers/temporaryFolder.ts';

const TLS = join(import.meta.dirname, '../../../../../fixtures/tls');
const server = createServer(
  { key: readFileSync(join(TLS, 'key.pem')), cert: readFileSync(join(TLS, 'cert.pem')) },
  (_, response) => response.end('hello'),
);
let url: string;
/** As in a process of its own, which trusts once. */
let trustSystem: (env: Readonly<Record<string, string | undefined>>) => string;

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `https://localhost:${(server.address() as AddressInfo).port}/`;
});
beforeEach(async () => {
  vi.resetModules();
  ({ trustSystem } = await import('../../../../../../models/packs/download/hub/trust.ts'));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it('a file that cannot be read or holds none is told, and nothing else is lost', async () => {
  await using folder = await temporaryFolder();
  const gone = join(folder.path, 'gone.pem');
  expect(trustSystem({ NODE_EXTRA_CA_CERTS: gone })).toMatch(/it names .*gone\.pem now: ENOENT/);
  expect(trustSystem({})).toContain('gone.pem');
  vi.resetModules();
  ({ trustSystem } = await import('../../../../../../models/packs/download/hub/trust.ts'));
  const empty = join(folder.path, 'empty.pem');
  await writeFile(empty, 'no certificate');
  expect(trustSystem({ NODE_EXTRA_CA_CERTS: empty })).toContain('no certificate in PEM form');
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

it('a file of certificates makes their servers known, also one that was refused before', async () => {
  await expect(fetch(url)).rejects.toThrow('fetch failed');
  expect(trustSystem({ NODE_EXTRA_CA_CERTS: join(TLS, 'cert.pem') })).toBe('');
  expect(await (await fetch(url)).text()).toBe('hello');
});
