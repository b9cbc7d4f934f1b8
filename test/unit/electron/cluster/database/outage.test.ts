import { expect, test } from 'vitest';
import {
  databaseWords,
  isOutage,
  untilItAnswers,
} from '../../../../../electron/cluster/database/outage.ts';

const coded = (code: string, message = 'words') => Object.assign(new Error(message), { code });

test('what may pass is waited out, what will not is not', () => {
  for (const code of '08006 53300 53100 57P01 57P03 57014 55P03 58030 40001 40P01 25P03 XX000'.split(
    ' ',
  ))
    expect(isOutage(coded(code)), code).toBe(true);
  for (const code of 'ECONNREFUSED ECONNRESET EPIPE ENOTFOUND EAI_AGAIN'.split(' '))
    expect(isOutage(coded(code)), code).toBe(true);
  for (const code of '28P01 3D000 42501 42P01 23505 22023 EACCES 08'.split(' '))
    expect(isOutage(coded(code)), code).toBe(false);
  expect(isOutage(new Error('Query read timeout'))).toBe(true);
  expect(isOutage(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isOutage(new AggregateError([coded('ECONNREFUSED')]))).toBe(true);
  expect(isOutage(new TypeError('x is not a function'))).toBe(false);
});

test('an error is told by code and message alone', () => {
  const error = Object.assign(coded('57P01', 'terminating connection\nmore'), {
    client: { password: 'secret' },
  });
  expect(databaseWords(error)).toBe('57P01 terminating connection');
  expect(databaseWords(new Error('cannot reach postgres://u:secret@host/x'))).toBe(
    'cannot reach postgres://***@host/x',
  );
  expect(
    databaseWords(new AggregateError([coded('ECONNREFUSED', 'connect ECONNREFUSED ::1')])),
  ).toBe('connect ECONNREFUSED ::1');
  expect(
    databaseWords(coded('DEPTH_ZERO_SELF_SIGNED_CERT', 'try running Node.js with --use-system-ca')),
  ).toMatch(/^its certificate .*\(DEPTH_ZERO_SELF_SIGNED_CERT\): add .*sslrootcert=FILE/);
});

test('it is tried until the database answers, and that is said', async () => {
  const said: string[] = [];
  let left = 2;
  let revived = 0;
  const result = await untilItAnswers(
    async () => {
      if (left-- > 0) throw coded('ECONNREFUSED', 'connect ECONNREFUSED');
      return 'here';
    },
    { say: (line) => said.push(line), revive: async () => void (revived += 1) },
  );
  expect([result, revived]).toEqual(['here', 2]);
  expect(said).toEqual([
    'The database does not answer (connect ECONNREFUSED); trying again.',
    'The database does not answer (connect ECONNREFUSED); trying again.',
    'The database answers again.',
  ]);
});

test('a stop ends the waiting with the outage', async () => {
  const stop = new AbortController();
  const waiting = untilItAnswers(() => Promise.reject(coded('53100')), {
    say: () => stop.abort(),
    signal: stop.signal,
  });
  await expect(waiting).rejects.toMatchObject({ code: '53100' });
});
