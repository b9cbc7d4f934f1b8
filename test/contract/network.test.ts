// `salience pack add` where the way to the hub is closed: no network, nothing that answers, a certificate
// that nobody trusts, a proxy that refuses. Each is told at once, with the ways round it.
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createPlainServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeBlipFolder } from '../helpers/fixtures/blipCheckpoint.ts';
import { startHub } from '../helpers/standIns/hubServer.ts';
import { runCli, type CliResult } from '../helpers/drivers/runCli.ts';
import { temporaryFolder } from '../helpers/drivers/temporaryFolder.ts';

const TLS = join(import.meta.dirname, '../fixtures/tls');
const tls = (certificate: string) => ({
  key: readFileSync(join(TLS, 'key.pem')),
  cert: readFileSync(join(TLS, certificate)),
});
/** Of the words that name every way round a hub that cannot be reached. */
const WAYS = [/add their folder/, /pack build FOLDER/, /HTTPS_PROXY/, /mirror .*HF_ENDPOINT/];
const NONE = { HTTPS_PROXY: '', https_proxy: '', NODE_EXTRA_CA_CERTS: '', SSL_CERT_FILE: '' };

async function add(env: NodeJS.ProcessEnv): Promise<CliResult & { readonly seconds: number }> {
  await using home = await temporaryFolder();
  const begun = performance.now();
  const result = await runCli(['pack', 'add', 'test/model'], {
    home: home.path,
    env: { ...NONE, ...env },
  });
  return { ...result, seconds: (performance.now() - begun) / 1000 };
}

async function listening(server: Server) {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    [Symbol.asyncDispose]: async () => void (await new Promise((done) => server.close(done))),
  };
}

async function closedPort(): Promise<number> {
  await using server = await listening(createPlainServer());
  return server.port;
}

/** A hub with a model behind https. */
async function tlsHub(certificate = 'cert.pem') {
  await using folder = await temporaryFolder();
  await writeBlipFolder(folder.path);
  const files: Record<string, Buffer> = {};
  for (const name of await readdir(folder.path))
    files[name] = await readFile(join(folder.path, name));
  return startHub(files, { tls: tls(certificate) });
}

describe('salience pack add', () => {
  it('without a network says so within five seconds and names every way round', async () => {
    const { code, stderr, seconds } = await add({ HF_ENDPOINT: 'https://hub.test' });
    expect(code).toBe(3);
    expect(stderr).toMatch(/a way to hub\.test, found no network, or no hub\.test in it/);
    for (const way of WAYS) expect(stderr).toMatch(way);
    expect(seconds).toBeLessThan(5);
  });

  it('where nothing answers says where it asked, within five seconds', async () => {
    const port = await closedPort();
    const { code, stderr, seconds } = await add({ HF_ENDPOINT: `http://127.0.0.1:${port}` });
    expect(code).toBe(3);
    expect(stderr).toContain(`no answer from 127.0.0.1:${port} (ECONNREFUSED)`);
    for (const way of WAYS) expect(stderr).toMatch(way);
    expect(seconds).toBeLessThan(5);
  });

  it('names a certificate that nobody here knows at once, and what to do about it', async () => {
    await using hub = await tlsHub();
    const { code, stderr, seconds } = await add({ HF_ENDPOINT: hub.endpoint });
    expect(code).toBe(3);
    expect(stderr).toMatch(/certificate of localhost:\d+ that this computer trusts/);
    expect(stderr).toContain('whose issuer is unknown here (DEPTH_ZERO_SELF_SIGNED_CERT)');
    expect(stderr).toContain('NODE_EXTRA_CA_CERTS');
    expect(stderr).not.toContain('go on later');
    expect(seconds).toBeLessThan(5);
    expect(hub.requests).toEqual([]);
  });

  it('names a certificate of another host', async () => {
    await using hub = await tlsHub('other.pem');
    const env = { HF_ENDPOINT: hub.endpoint, SSL_CERT_FILE: join(TLS, 'other.pem') };
    const { code, stderr } = await add(env);
    expect(code).toBe(3);
    expect(stderr).toContain('found another one (ERR_TLS_CERT_ALTNAME_INVALID)');
  });

  it.each([
    ['the system trusts', { SSL_CERT_FILE: join(TLS, 'cert.pem') }],
    ['NODE_EXTRA_CA_CERTS names', { NODE_EXTRA_CA_CERTS: join(TLS, 'cert.pem') }],
  ])('gets a model from a hub whose certificate %s', async (_, env) => {
    await using hub = await tlsHub();
    const { code, stdout, stderr } = await add({ HF_ENDPOINT: hub.endpoint, ...env });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Installed test-model');
  });

  it.each([
    [407, /a refusal of the proxy \(status 407\).*HTTPS_PROXY=http:\/\/name:password@proxy:port/],
    [403, /a refusal of the proxy \(status 403\).*add their folder/],
  ])('tells that the proxy refuses with %i', async (status, words) => {
    const refusing = createServer().on('connect', (_, socket) =>
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`),
    );
    await using proxy = await listening(refusing);
    const { code, stderr, seconds } = await add({
      HF_ENDPOINT: 'https://hub.test',
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    });
    expect(code).toBe(3);
    expect(stderr).toMatch(words);
    expect(seconds).toBeLessThan(5);
  });
});
