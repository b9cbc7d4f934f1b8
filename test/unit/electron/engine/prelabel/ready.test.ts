// What the models are asked while a person types: nothing is stored, and nothing is opened where memory is short.
import { expect, test } from 'vitest';
import type { ImageId } from '../../../../../electron/api/types.ts';
import {
  imageFolder,
  openBench,
  removeBench,
  standInOperations,
} from '../../../../helpers/drivers/engineBench.ts';

const imageId = 1 as ImageId;
const params = { preset: 'pack', overrides: {} } as const;

test('the models are asked for the image with the settings of the run that will follow', async () => {
  const folder = await imageFolder(1);
  const asked: unknown[] = [];
  const bench = await openBench(folder, {
    operations: {
      ...standInOperations(),
      'prelabel.ready': (input) => {
        asked.push(input);
        return {};
      },
    },
  });
  const revision = bench.engine.context.open.get().revision;
  await bench.call('prelabel.ready', { imageId, params });
  expect(asked).toMatchObject([{ engine: 'pnp', params: { passes: expect.any(Number) } }]);
  expect(bench.engine.context.open.get().revision).toBe(revision);

  const { settings } = bench.engine.context;
  await settings.set({ ...settings.value(), lowMemory: true });
  await bench.call('prelabel.ready', { imageId, params });
  expect(asked).toHaveLength(1);
  await bench.close();
  await removeBench(folder);
});
