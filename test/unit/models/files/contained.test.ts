// File names from manifests stay inside their folder on every operating system.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { containedPath, whyNotContained } from '../../../../models/files/contained.ts';

describe('containedPath', () => {
  it.each(['config.json', 'sub/model-00001-of-00002.safetensors', 'größe.bin', '.hidden', 'a..b'])(
    'takes %j',
    (name) => expect(containedPath('/packs/x', name)).toBe(join('/packs/x', name)),
  );

  it.each([
    '..',
    '../x',
    'a/../../x',
    '/etc/passwd',
    'C:/x',
    'c:x',
    'a\\..\\..\\x',
    '',
    'a//b',
    './a',
    'a/',
    'nul',
    'COM1.txt',
    'a.',
    'a ',
    'a\u0000b',
    'a\nb',
    'x'.repeat(201),
    '\ud800',
    'a:stream',
  ])('refuses %j', (name) => {
    expect(whyNotContained(name)).not.toBeNull();
    expect(() => containedPath('/packs/x', name)).toThrow(
      expect.objectContaining({ code: 'MODEL_FILE_REFUSED' }),
    );
  });
});
