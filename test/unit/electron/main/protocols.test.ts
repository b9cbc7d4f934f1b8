import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  appResponse,
  fileResponse,
  mediaSchemeResponse,
  pageFile,
  SCHEMES,
} from '../../../../electron/main/protocols.ts';
import { CONTENT_SECURITY_POLICY } from '../../../../electron/main/security.ts';

describe('the app scheme', () => {
  test.each([
    'app://bundle/../secret.json',
    'app://bundle/%2e%2e/secret.json',
    'app://bundle/..%2fsecret.json',
    'app://bundle/..%5csecret.json',
    'app://bundle/%00.html',
    'app://bundle/%E0%A4%A.html',
    'app://bundle/secret.key',
    'app://other/index.html',
    'file:///page/index.html',
    'not an address',
  ])('never leads outside its folder: %s', (address) => {
    const file = pageFile('/page', address);
    // The address parser folds plain dots away; what is left must lie inside.
    if (file !== null) expect(file.startsWith('/page/')).toBe(true);
    else expect(file).toBeNull();
    expect(pageFile('/page', address) ?? '').not.toContain('..');
  });

  test('serves the page with its policy, and 404 for anything else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'salience-app-'));
    writeFileSync(join(folder, 'index.html'), '<p>page</p>');
    const page = await appResponse(folder, 'app://bundle/');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
    for (const [answer, status] of [
      [await appResponse(folder, 'app://bundle/none.js'), 404],
      [await appResponse(folder, 'app://other/'), 404],
      [fileResponse(), 403],
    ] as const) {
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  test('no scheme may bypass the policy', () => {
    for (const { privileges } of SCHEMES) expect(privileges?.bypassCSP ?? false).toBe(false);
  });
});

describe('the media scheme', () => {
  const source = async (path: string) =>
    path === 'thumb/12'
      ? { kind: 'bytes' as const, bytes: new Uint8Array([1, 2]), mime: 'image/png', etag: '"a"' }
      : null;

  test('gives what the engine knows, readable by our page only', async () => {
    const answer = await mediaSchemeResponse(new Request('media://project/thumb/12'), source);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('app://bundle');
  });

  test.each([
    'media://project/thumb/13',
    'media://project/../etc/passwd',
    'media://elsewhere/thumb/12',
  ])('refuses %s', async (address) => {
    expect((await mediaSchemeResponse(new Request(address), source)).status).toBe(404);
  });
});
