// Quick edges on a device: the same as on the processor, in portions, and nothing where the device cannot.
import { beforeAll, expect, test } from 'vitest';
import { ensureWasm } from '../../../../../build/wasm.ts';
import {
  createEdgeSessions,
  type EdgeJob,
} from '../../../../../electron/inference/pamr/edgeSessions.ts';
import { affinitiesOf } from '../../../../../electron/inference/pamr/pamr.ts';
import { planesOf } from '../../../../../electron/inference/pamr/photoPlanes.ts';
import { randomFrom } from '../../../../helpers/fixtures/random.ts';

beforeAll(ensureWasm);

const [width, height, reach, steps] = [31, 23, [2, 5], 3] as const;
const random = randomFrom(4);
const rgb = Uint8Array.from({ length: width * height * 3 }, () => 256 * random());
/** More than go through together. */
const maps = Float32Array.from({ length: 19 * width * height }, random);
/** As a thread hands them on. */
const job = (provider: string): EdgeJob => {
  const shared = new Float32Array(new SharedArrayBuffer(maps.byteLength));
  shared.set(maps);
  return { provider, width, height, rgb, maps: shared, reach: [...reach], steps };
};

test('a device draws the edges that the processor draws', async () => {
  const sessions = createEdgeSessions();
  const asked = job('cpu');
  expect(await sessions.refine(asked, {})).toBe(true);
  expect(sessions.failures).toEqual([]);
  const want = maps.slice();
  const affinities = affinitiesOf({ planes: planesOf(rgb), width, height }, reach);
  affinities.refine(want, steps);
  affinities.dispose();
  const worst = want.reduce((most, one, at) => Math.max(most, Math.abs(one - asked.maps[at]!)), 0);
  expect(worst).toBeLessThan(1e-5);
  await sessions.close();
});

test('a device that fails leaves the maps alone, says why, and is not tried again', async () => {
  const sessions = createEdgeSessions();
  for (let tries = 0; tries < 2; tries++) {
    const asked = job('no-such-device');
    expect(await sessions.refine(asked, {})).toBe(false);
    expect(asked.maps).toEqual(job('').maps);
  }
  expect(sessions.failures).toEqual([
    { provider: 'no-such-device', reason: expect.stringMatching(/no-such-device|provider/i) },
  ]);
  await sessions.close();
});

test('nobody waits for edges that are no longer wanted', async () => {
  const sessions = createEdgeSessions();
  await expect(sessions.refine(job('cpu'), { cancelled: () => true })).rejects.toThrow();
  expect(sessions.failures).toEqual([]);
  await sessions.close();
});
