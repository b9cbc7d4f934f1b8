import { expect, test } from 'vitest';
import { canonical, requestHash } from '../../../../../electron/cluster/order/request.ts';
import { shardFiles } from '../../../../../electron/cluster/exchange/exportRun.ts';
import { serverAccount } from '../../../../../electron/cluster/embedded/account.ts';
import { testRequest } from '../../../../helpers/drivers/clusterBench.ts';

test('a request is the same whatever the order of its fields, and another one when one value is', () => {
  const request = testRequest();
  const turned = Object.fromEntries(Object.entries(request).reverse()) as unknown as typeof request;
  expect(canonical(turned)).toBe(canonical(request));
  expect(requestHash(turned)).toEqual(requestHash(request));
  const other = { ...request, params: { ...request.params, overrides: { 'masks.blur': 0.1 } } };
  expect(requestHash(other)).not.toEqual(requestHash(request));
});

test('shards are numbered so that they sort', () => {
  expect(shardFiles('/a/b.json', 1)).toEqual(['/a/b.json']);
  expect(shardFiles('/a/b.json', 2)).toEqual([
    '/a/b-00001-of-00002.json',
    '/a/b-00002-of-00002.json',
  ]);
});

test('under root the server runs as an account without rights, and not at all without one', async () => {
  const accounts = (text: string) => () => Promise.resolve(text);
  const nobody = 'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n';
  expect(await serverAccount(accounts(nobody), 1000)).toBe(null);
  expect(await serverAccount(accounts(nobody), 0)).toEqual({
    name: 'nobody',
    uid: 65534,
    gid: 65534,
  });
  const both = `${nobody}postgres:x:101:104::/:/bin/sh\n`;
  expect(await serverAccount(accounts(both), 0)).toMatchObject({ name: 'postgres', uid: 101 });
  await expect(serverAccount(accounts('root:x:0:0::/:/bin/sh'), 0)).rejects.toThrow(
    'PostgreSQL does not run as root, and there is no account "postgres" or "nobody" to run it as. Use --db URL.',
  );
});
