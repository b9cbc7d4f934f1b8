// Secrets of the desktop: only what Electron has encrypted reaches the disk.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { secretAnswers, type Cipher } from '../../../../../electron/main/system/secrets.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

const cipher = (backend = 'gnome_libsecret', available = true): Cipher => ({
  isAsyncEncryptionAvailable: async () => available,
  encryptStringAsync: async (text) => Buffer.from(Buffer.from(text).map((byte) => byte ^ 0x5a)),
  decryptStringAsync: async (bytes) => ({
    result: Buffer.from(bytes.map((byte) => byte ^ 0x5a)).toString('utf8'),
  }),
  getSelectedStorageBackend: () => backend,
});
const NAME = 'huggingface.co';
const SECRET = 'hf_Secret';

describe('secrets of the desktop', () => {
  it('are encrypted on the disk and there after a restart', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'secrets.json');
    // What a crash left behind, readable by everybody.
    writeFileSync(`${file}.new`, '', { mode: 0o644 });
    const first = secretAnswers(cipher(), file, 'linux');
    expect(await first({ verb: 'lasts' })).toBe(true);
    expect(await first({ verb: 'set', name: NAME, secret: SECRET })).toBe(true);
    expect(readFileSync(file, 'utf8')).not.toContain(SECRET);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const second = secretAnswers(cipher(), file, 'linux');
    expect(await second({ verb: 'get', name: NAME })).toBe(SECRET);
    expect(await second({ verb: 'get', name: 'mirror.example' })).toBeNull();
    await second({ verb: 'remove', name: NAME });
    expect(await second({ verb: 'get', name: NAME })).toBeNull();
  });

  it.each([
    ['Linux without a keyring', 'linux', 'basic_text', true],
    ['a system that cannot encrypt', 'darwin', 'unknown', false],
  ] as const)('on %s stay in memory', async (_what, platform, backend, available) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'secrets.json');
    const answers = secretAnswers(cipher(backend, available), file, platform);
    expect(await answers({ verb: 'lasts' })).toBe(false);
    expect(await answers({ verb: 'set', name: NAME, secret: SECRET })).toBe(false);
    expect(await answers({ verb: 'get', name: NAME })).toBe(SECRET);
    expect(existsSync(file)).toBe(false);
  });
});
