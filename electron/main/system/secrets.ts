// Secrets of the desktop: encrypted by Electron's safeStorage, whose key the system's keyring holds.
// The file holds only what was encrypted; where the keyring is missing, secrets stay in memory.
import { readFileSync } from 'node:fs';
import type { SecretRequest } from '../../api/wire/brokering.ts';
import { writeFileWhole } from './atomicFile.ts';

/** The part of Electron's safeStorage that is used. */
export interface Cipher {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  encryptStringAsync(text: string): Promise<Buffer>;
  decryptStringAsync(bytes: Buffer): Promise<{ readonly result: string }>;
  /** Linux only. */
  getSelectedStorageBackend(): string;
}

/** Answers requests of the engine; `file` keeps encrypted secrets by name. */
export function secretAnswers(
  cipher: Cipher,
  file: string,
  platform: NodeJS.Platform,
): (request: SecretRequest) => Promise<string | boolean | null> {
  const memory = new Map<string, string>();

  const lasts = async () =>
    (await cipher.isAsyncEncryptionAvailable()) &&
    // Without a keyring Chromium encrypts with a password that everybody knows.
    (platform !== 'linux' || !/^(basic_text|unknown)$/.test(cipher.getSelectedStorageBackend()));

  const read = (): { [name: string]: string } => {
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as { [name: string]: string };
    } catch {
      // Nothing kept yet, or a damaged file: the token can be entered again.
      return {};
    }
  };

  return async (request) => {
    switch (request.verb) {
      case 'lasts':
        return lasts();
      case 'get': {
        const held = memory.get(request.name);
        if (held !== undefined) return held;
        const kept = read()[request.name];
        if (kept === undefined || !(await lasts())) return null;
        return (await cipher.decryptStringAsync(Buffer.from(kept, 'base64'))).result;
      }
      case 'set': {
        if (!(await lasts())) {
          memory.set(request.name, request.secret);
          return false;
        }
        const bytes = await cipher.encryptStringAsync(request.secret);
        writeFileWhole(
          file,
          JSON.stringify({ ...read(), [request.name]: bytes.toString('base64') }),
        );
        return true;
      }
      case 'remove': {
        memory.delete(request.name);
        const { [request.name]: gone, ...others } = read();
        if (gone !== undefined) writeFileWhole(file, JSON.stringify(others));
        return true;
      }
    }
  };
}
