import { expect, test } from 'vitest';
import { readAddress, withoutPassword } from '../../../../../electron/cluster/database/address.ts';

test('a call, then the variable, then libpq name the database; without any the ways are told', () => {
  const env = { SALIENCE_DB: 'postgres://a@b/c', PGHOST: 'somewhere' };
  expect(readAddress('embedded', env)).toEqual({ kind: 'embedded' });
  expect(readAddress(undefined, env)).toEqual({ kind: 'url', url: 'postgres://a@b/c' });
  expect(readAddress(undefined, { PGHOST: 'somewhere' })).toEqual({ kind: 'variables' });
  expect(() => readAddress(undefined, {})).toThrow('Which database? Use --db postgres://');
});

test('sslmode means what it means to libpq', () => {
  expect(readAddress('postgres://u@h/d?sslmode=require', {})).toEqual({
    kind: 'url',
    url: 'postgres://u@h/d?sslmode=require&uselibpqcompat=true',
  });
});

test('a word that is no address is repeated without its password', () => {
  expect(() => readAddress('mysql://me:s3cret@host/x', {})).toThrow(
    'mysql://***@host/x is no address of a PostgreSQL database',
  );
  for (const [text, told] of [
    ['postgres://me:a@b@host/x', 'postgres://***@host/x'],
    ['postgres://host/x?password=s3cret&a=1', 'postgres://host/x?password=***&a=1'],
  ] as const)
    expect(withoutPassword(text)).toBe(told);
});
