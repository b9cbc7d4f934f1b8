import { describe, expect, test } from 'vitest';
import {
  mayCall,
  mayNavigate,
  mayOpenOutside,
  mayUse,
  WEB_PREFERENCES,
} from '../../../../electron/main/security.ts';

describe('what a page may do', () => {
  test('window preferences keep the page in its sandbox', () => {
    expect(WEB_PREFERENCES).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  test.each([
    ['app://bundle/index.html', true],
    ['app://bundle/assets/x.js', true],
    ['app://other/index.html', false],
    ['app://bundle.evil/index.html', false],
    ['https://bundle/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['nonsense', false],
  ])('navigation to %s: %s', (address, allowed) => expect(mayNavigate(address)).toBe(allowed));

  test('every permission is denied but writing text to the clipboard', () => {
    expect(mayUse('clipboard-sanitized-write', 'app://bundle/index.html')).toBe(true);
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'fileSystem',
      'hid',
    ]) {
      expect(mayUse(permission, 'app://bundle/index.html')).toBe(false);
    }
    expect(mayUse('clipboard-sanitized-write', 'https://evil.example')).toBe(false);
  });

  test.each([
    ['https://github.com/x', true],
    ['http://github.com/x', false],
    ['https://github.com.evil.example/', false],
    ['https://user:pw@github.com/', false],
    ['https://github.com:444/', false],
    ['file:///tmp/x', false],
    ['', false],
  ])('opening %s outside: %s', (address, allowed) => expect(mayOpenOutside(address)).toBe(allowed));

  test('only the top frame of our own window on our own page is answered', () => {
    const known = new Set([7]);
    const sender = { isTopFrame: true, address: 'app://bundle/index.html', contentsId: 7 };
    expect(mayCall(sender, known)).toBe(true);
    expect(mayCall({ ...sender, isTopFrame: false }, known)).toBe(false);
    expect(mayCall({ ...sender, contentsId: 8 }, known)).toBe(false);
    expect(mayCall({ ...sender, address: 'https://evil.example/' }, known)).toBe(false);
  });
});
