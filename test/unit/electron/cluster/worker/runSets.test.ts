// Which run sets a worker can do, what it says of the others, and when a root is where the images are.
import { describe, expect, it } from 'vitest';
import { modelsHash } from '../../../../../electron/engine/order/order.ts';
import { ObjectFailure, StoreFailure } from '../../../../../electron/cluster/source/object.ts';
import { createRunSets, requireRoot } from '../../../../../electron/cluster/worker/runSets.ts';
import { testHost, testRequest } from '../../../../helpers/drivers/clusterBench.ts';
import { standInPool, usableRunSet } from '../../../../helpers/standIns/workerState.ts';

const { source } = usableRunSet(1);
const runSetRow = (id: number, patch: object = {}) => ({
  id,
  name: `set ${id}`,
  state: 'open',
  format: 1,
  request: testRequest(),
  priority: 0,
  images: 9,
  listedAfter: null,
  ...patch,
});
const imageRow = (path: string) => ({ n: 0, root: 'photos', path, bytes: '1', stamp: '1' });

/** Ids that can be done, twice asked, and what was said of the others. */
async function usable(rows: object[], host = testHost('/photos', { source: async () => source })) {
  const said: string[] = [];
  const { pool } = standInPool((text) =>
    text.includes('salience.image') ? [imageRow('1.jpg')] : rows,
  );
  const runSets = createRunSets(pool, host, (why) => void said.push(why));
  const ids = (await runSets()).map(({ id }) => id);
  expect((await runSets()).map(({ id }) => id)).toEqual(ids);
  return { ids, said };
}

describe('run sets', () => {
  it('are those that go on and have images', async () => {
    const rows = [
      runSetRow(1),
      runSetRow(2, { state: 'cancelled' }),
      runSetRow(3, { images: 0 }),
      runSetRow(4, { state: 'listing', images: 1 }),
    ];
    expect(await usable(rows)).toEqual({ ids: [1, 4], said: [] });
  });

  it('that cannot be done are refused in words, once', async () => {
    const rows = [
      runSetRow(1, { request: testRequest({ version: '1.0.0' }) }),
      runSetRow(2, { request: testRequest({ resolved: '{}' }) }),
      runSetRow(3, { request: testRequest({ pack: { id: 'p', name: 'P', hash: 'sha256:x' } }) }),
      runSetRow(4),
    ];
    const { ids, said } = await usable(rows);
    expect(ids).toEqual([4]);
    expect(said).toEqual([
      'Run set 1 "set 1" was made by Salience 1.0.0; this worker is 9.9.9. Use the same version.',
      expect.stringMatching(/^Run set 2 "set 2" asks for other parameters/),
      expect.stringMatching(/made with pack p sha256:x; this worker has sha256:stand-in\./),
    ]);
  });

  it('of two models the one that differs is named', async () => {
    const pack = { id: 'p', name: 'P', hash: 'sha256:p' };
    const judge = { id: 'j', name: 'J', hash: 'sha256:j' };
    const here = async (hash: string) => {
      const host = testHost('/photos', { source: async () => source });
      const order = host.order;
      const other = {
        ...host,
        order: async (request: Parameters<typeof order>[0]) => {
          const made = await order(request);
          return { ...made, packs: { ...made.packs, hash } };
        },
      };
      return usable([runSetRow(1, { request: testRequest({ pack, judge }) })], other);
    };
    expect(await here(modelsHash(pack.hash, judge.hash))).toEqual({ ids: [1], said: [] });
    const [wrongJudge] = (await here(modelsHash(pack.hash, 'sha256:other'))).said;
    expect(wrongJudge).toContain('pack j sha256:j; this worker has sha256:other.');
    const [noJudge] = (await here(pack.hash)).said;
    expect(noJudge).toContain('pack j sha256:j; this worker has none.');
    const [wrongPack] = (await here(modelsHash('sha256:q', judge.hash))).said;
    expect(wrongPack).toContain('pack p sha256:p; this worker has sha256:q.');
  });

  it('a failure that is no refusal passes, and is asked again', async () => {
    const host = testHost('/photos', { source: () => Promise.reject(new TypeError('broken')) });
    await expect(usable([runSetRow(1)], host)).rejects.toThrow('broken');
  });
});

describe('a root', () => {
  const rows = [imageRow('a.jpg'), imageRow('b.jpg'), imageRow('c.jpg')];
  const asked = (opens: (path: string) => Error | null) => {
    const tried: string[] = [];
    const open: typeof source.open = (image) => {
      tried.push(image.path);
      expect(image.bytes).toBe(1);
      const error = opens(image.path);
      return error ? Promise.reject(error) : source.open(image);
    };
    const set = { id: 4, name: 'set' };
    return requireRoot(standInPool(() => rows).pool, set, { place: '/photos', open }).then(
      () => tried,
    );
  };
  const missing = new ObjectFailure('missing', 'gone');

  it('is right when one image is there, be it another one by now', async () => {
    expect(await asked(() => null)).toEqual(['a.jpg']);
    expect(await asked((path) => (path === 'b.jpg' ? null : missing))).toEqual(['a.jpg', 'b.jpg']);
    expect(await asked(() => new ObjectFailure('changed', 'another one'))).toEqual(['a.jpg']);
  });

  it('is wrong when none is there; a store that does not answer says nothing of it', async () => {
    await expect(asked(() => missing)).rejects.toThrow(
      'Root "photos": none of 3 images of run set 4 is under /photos (looked for a.jpg, b.jpg, c.jpg). Give --root photos=FOLDER.',
    );
    await expect(asked(() => new StoreFailure('no answer'))).rejects.toThrow('no answer');
  });
});
