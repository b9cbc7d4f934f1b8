// Whether a device calculates in half precision is found by doing it, and a model falls back to full
// precision on the same device where it does not.
import { expect, it } from 'vitest';
import { createHalfProbe } from '../../../../../electron/inference/session/halfProbe.ts';
import type { GraphSession } from '../../../../../electron/inference/session/ort.ts';
import { visionForms } from '../../../../../electron/inference/session/precision.ts';
import { blipItm } from '../../../../../models/blip-itm/family.ts';
import { buildPack } from '../../../../../models/packs/building/build.ts';
import { loadPack } from '../../../../../models/packs/load.ts';
import { writeBlipFolder } from '../../../../helpers/fixtures/blipCheckpoint.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';
import { join } from 'node:path';

it('the processor calculates in half precision, if slowly', async () => {
  expect(await createHalfProbe()('cpu')).toBeNull();
});

it('a device that refuses, or that gives wrong numbers, cannot; it is asked once', async () => {
  let asked = 0;
  const refusing = createHalfProbe(async () => {
    asked += 1;
    throw new Error('Program Transpose requires f16 but the device does not support it');
  });
  expect(await refusing('webgpu')).toContain('requires f16');
  expect(await refusing('webgpu')).toContain('requires f16');
  expect(asked).toBe(1);
  const wrong: GraphSession = {
    run: async () => ({ y: { data: new Float32Array(64), shape: [8, 8] } }),
    endProfile: () => {},
    dispose: async () => {},
  };
  expect(await createHalfProbe(async () => wrong)('webgpu')).toContain('wrong');
});

it('an encoder asked for in F16 is built in F32 where the device cannot, with the reason', async () => {
  await using folder = await temporaryFolder();
  await writeBlipFolder(join(folder.path, 'checkpoint'));
  const { folder: path } = await buildPack({
    source: join(folder.path, 'checkpoint'),
    out: join(folder.path, 'pack'),
  });
  const { config, weights, packHash } = await loadPack(path);
  const source = { family: blipItm, config, weights, folder: path, packHash };
  const forms = visionForms(source, {
    precision: 'f16',
    halfProbe: async (provider) => (provider === 'webgpu' ? 'requires f16' : null),
  });
  const full = await forms.build('webgpu');
  expect([forms.precision, forms.failure]).toEqual([
    'f32',
    { provider: 'webgpu', reason: 'requires f16' },
  ]);
  const half = await forms.build('cuda');
  expect([forms.precision, forms.failure]).toEqual(['f16', null]);
  expect(half.onnx).not.toEqual(full.onnx);
  await forms.build('cpu');
  expect([forms.precision, forms.failure]).toEqual(['f32', null]);
});
