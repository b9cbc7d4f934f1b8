// Why a file cannot be written: one error for each thing that a person can do something about, with the
// place in it; anything else stays what it was.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../electron/api/errors.ts';
import { writeFailure } from '../../../../electron/files/writeFailure.ts';
import { explain } from '../../../../renderer/src/text/explain.ts';

const coded = (code: string, path?: string) =>
  Object.assign(new Error(`${code}: the system's words`), { code, ...(path ? { path } : {}) });

describe('a file that cannot be written', () => {
  it.each([
    ['EACCES', 'CANNOT_WRITE', /you may not write there/],
    ['EPERM', 'CANNOT_WRITE', /you may not write there/],
    ['EROFS', 'CANNOT_WRITE', /the drive is read-only/],
    ['ENAMETOOLONG', 'CANNOT_WRITE', /the name is too long/],
    ['ENOSPC', 'DISK_FULL', /the disk is full/],
    ['EDQUOT', 'DISK_FULL', /your space on this drive is used up/],
  ])(
    '%s says the place and the way out, in the window and on the command line',
    (code, as, why) => {
      const error = writeFailure(coded(code), '/data/out/labels.json') as AppError;
      expect(error).toMatchObject({ code: as, data: { path: '/data/out/labels.json' } });
      for (const said of [error.message, explain(error)]) {
        expect(said).toContain('/data/out/labels.json');
        expect(said).toMatch(why);
      }
    },
  );

  it('names the folder that could not be made above it', () => {
    expect(writeFailure(coded('EACCES', '/data/out'), '/data/out/labels.json')).toMatchObject({
      data: { path: '/data/out' },
    });
  });

  it('is not blamed on the target when the failure is of a file that was read', () => {
    const reading = coded('EACCES', '/pictures/locked/a.png');
    expect(writeFailure(reading, '/data/out/labels.json')).toBe(reading);
  });

  it('leaves other failures and sentences alone', () => {
    const known = new AppError('FILE_EXISTS', 'there');
    expect(writeFailure(known, '/x')).toBe(known);
    const other = coded('EIO');
    expect(writeFailure(other, '/x')).toBe(other);
  });
});
