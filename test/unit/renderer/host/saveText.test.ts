import { describe, expect, it } from 'vitest';
import { toCsv } from '../../../../renderer/src/host/saveText.ts';

describe('CSV', () => {
  it('quotes what would break a row and doubles quotes', () => {
    expect(toCsv([['a,b', 'say "hi"', 'two\nlines', 7]])).toBe(
      '"a,b","say ""hi""","two\nlines",7\r\n',
    );
  });

  it('keeps a class name that begins like a formula from being run by a spreadsheet', () => {
    expect(toCsv([['=1+1', '-x', -3]])).toBe("'=1+1,'-x,-3\r\n");
  });

  it('ends every row as RFC 4180 asks', () => {
    expect(toCsv([['a'], ['b']])).toBe('a\r\nb\r\n');
  });
});
