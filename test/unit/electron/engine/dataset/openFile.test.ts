// Files of somebody's data set: only ordinary ones are opened, text is text, JSON is bounded.
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../../electron/api/types.ts';
import { readCoco } from '../../../../../electron/engine/dataset/coco/reading/read.ts';
import { IMPORT_FORMATS } from '../../../../../electron/engine/dataset/formats/registry.ts';
import { recogniseFormat } from '../../../../../electron/engine/dataset/formats/recognise.ts';
import { jsonText, parseJson, rawNumber } from '../../../../../electron/engine/dataset/json.ts';
import { openDataFile, readDataFile } from '../../../../../electron/engine/dataset/openFile.ts';
import { decodeText, readText } from '../../../../../electron/engine/dataset/text.ts';
import { temporaryFolder } from '../../../../helpers/fixtures/dataset.ts';

// Windows has neither named pipes in folders nor devices there.
const onUnix = it.runIf(process.platform !== 'win32');

describe('opening a file', () => {
  onUnix(
    'does not wait for a named pipe, and refuses devices and folders by what they are',
    async () => {
      const folder = await temporaryFolder();
      const pipe = join(folder, 'labels.json');
      execFileSync('mkfifo', [pipe]);
      await expect(openDataFile(pipe)).rejects.toThrow(/no ordinary file \(a pipe or a device\)/);
      await expect(readCoco(pipe)).rejects.toThrow(/no ordinary file/);
      await expect(openDataFile('/dev/zero')).rejects.toThrow(/no ordinary file/);
      await expect(openDataFile(folder)).rejects.toThrow(/is a folder/);
      await expect(openDataFile(join(folder, 'none'))).rejects.toThrow(/there is no such file/);
    },
  );

  it.runIf(process.platform !== 'win32').each([
    ['yolo-seg', 'data.yaml'],
    ['yolo-seg', 'a.txt'],
    ['labelme', 'a.json'],
    ['mask-png', 'classes.json'],
    ['mask-png', 'a.png'],
  ])('%s with a named pipe as %s ends with its name', async (id, name) => {
    const folder = await temporaryFolder();
    execFileSync('mkfifo', [join(folder, name)]);
    if (name === 'a.txt') await writeFile(join(folder, 'data.yaml'), 'names: [cat]');
    if (name === 'a.png') await writeFile(join(folder, 'classes.json'), '{"classes": []}');
    await recogniseFormat(folder).catch(() => null);
    const format = IMPORT_FORMATS.find((one) => one.id === id)!;
    const images = [{ fileName: 'a.png', width: 8, height: 6 }];
    await expect(format.open(folder, { skipBroken: false, images })).rejects.toThrow(
      new RegExp(`${name.replace('.', '\\.')}[^]*no ordinary file|no ordinary file[^]*${name}`),
    );
  });

  it('refuses more bytes than were asked for before reading them', async () => {
    const path = join(await temporaryFolder(), 'big.yaml');
    await writeFile(path, 'x'.repeat(2000));
    await expect(readDataFile(path, 1000)).rejects.toThrow(/has 2000 bytes; at most 1000/);
    expect((await readDataFile(path, 2000)).length).toBe(2000);
  });
});

describe('text', () => {
  const utf16 = (text: string, swap: boolean) => {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
    return swap ? bytes.swap16() : bytes;
  };

  it.each([
    ['UTF-8', Buffer.from('B\u00e4r')],
    ['UTF-8 with a mark', Buffer.from('\ufeffB\u00e4r')],
    ['UTF-16 with its mark', utf16('B\u00e4r', false)],
    ['UTF-16 the other way round', utf16('B\u00e4r', true)],
  ])('in %s is read', (_what, bytes) => {
    expect(decodeText(bytes)).toEqual({ text: 'B\u00e4r' });
  });

  it('in anything else is refused with the line and the way out, never filled up', async () => {
    const latin = Buffer.concat([Buffer.from('one\ntwo\n'), Buffer.from([0x42, 0xe4, 0x72])]);
    expect(decodeText(latin)).toEqual({
      fault: 'is not UTF-8 text (line 3); save it as UTF-8',
    });
    expect(decodeText(Buffer.from('ab', 'utf16le'))).toEqual({
      fault: expect.stringMatching(/NUL characters.*save it as UTF-8/) as string,
    });
    const path = join(await temporaryFolder(), 'classes.txt');
    await writeFile(path, latin);
    await expect(readText(path)).rejects.toThrow(/is not UTF-8 text.*classes\.txt/);
  });
});

describe('JSON', () => {
  it('nested without end is refused, not a stack', () => {
    for (const text of ['['.repeat(1_000_000), '{"a":'.repeat(500_000)])
      expect(parseJson(text)).toEqual({ fault: 'is nested deeper than 64 levels' });
    expect(parseJson(`${'['.repeat(64)}${']'.repeat(64)}`)).toHaveProperty('value');
    expect(parseJson(JSON.stringify('['.repeat(200)))).toHaveProperty('value');
  });

  it('names the place of a fault as far as it is known', () => {
    expect(parseJson('{"a": 1,\n"b": x}')).toEqual({ fault: 'is not valid JSON (found "x")' });
    expect(parseJson('{"a": 1,\n"b" 1}')).toEqual({ fault: 'is not valid JSON (line 2)' });
    expect(parseJson('')).toEqual({ fault: 'is not valid JSON' });
  });

  it('keeps numbers that a double cannot hold, and only those, through a round trip', () => {
    const text =
      '{"a":12345678901234567890,"b":-9007199254740993,"c":9007199254740992,"d":0.1234567890123456789,' +
      '"e":"NaN 12345678901234567890 \\\\","f":[NaN,-Infinity,1e400]}';
    const parsed = parseJson(text);
    if ('fault' in parsed) throw new Error(parsed.fault);
    const value = parsed.value as { readonly [key: string]: Json };
    expect(rawNumber(value['a'])).toBe('12345678901234567890');
    expect(rawNumber(value['c'])).toBeNull();
    expect(rawNumber((value['f'] as readonly Json[])[1])).toBe('-Infinity');
    expect(jsonText(value)).toBe(
      '{"a":12345678901234567890,"b":-9007199254740993,"c":9007199254740992,"d":0.12345678901234568,' +
        '"e":"NaN 12345678901234567890 \\\\","f":[null,null,null]}',
    );
  });
});
