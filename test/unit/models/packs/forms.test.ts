// One model in three forms - safetensors, a PyTorch file, an original .pth - gives the same answers:
// onnxruntime reads the weights where they lie in each of them.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadItmModel, sourceOfPack } from '../../../../electron/inference/session/itmModel.ts';
import { buildPack } from '../../../../models/packs/building/build.ts';
import { loadPack } from '../../../../models/packs/load.ts';
import { readSafetensorsIndex } from '../../../../models/safetensors/reader.ts';
import { blipVocabulary, originalNames } from '../../../helpers/fixtures/blipCheckpoint.ts';
import { temporaryFolder } from '../../../helpers/drivers/temporaryFolder.ts';
import { writeTorchFile } from '../../../helpers/fixtures/torchFile.ts';

const CASE = join(import.meta.dirname, '../../../fixtures/goldens/blip/case_a');

it('safetensors, .bin and original .pth of one model agree to the last bit', async () => {
  await using folder = await temporaryFolder();
  const weights = await readSafetensorsIndex(join(CASE, 'model.safetensors'));
  const file = await readFile(join(CASE, 'model.safetensors'));
  const shapes = new Map([...weights].map(([name, { shape }]) => [name, shape]));
  const bytesOf = (name: string) => {
    const { offset, length } = weights.get(name) ?? { offset: 0, length: 0 };
    return file.subarray(offset, offset + length);
  };
  const original = new Map(
    [...originalNames(shapes).keys()].map((name, i) => [name, [...shapes.keys()][i] ?? '']),
  );
  const write: Record<string, (path: string) => Promise<void>> = {
    'model.safetensors': (path) => copyFile(join(CASE, 'model.safetensors'), path),
    'pytorch_model.bin': (path) => writeTorchFile(path, shapes, bytesOf),
    'model_large.pth': (path) =>
      writeTorchFile(
        path,
        originalNames(shapes),
        (name) => bytesOf(original.get(name) ?? ''),
        'model',
      ),
  };
  const answers: unknown[] = [];
  for (const [name, writeForm] of Object.entries(write)) {
    const source = join(folder.path, `source-${name}`);
    await mkdir(source);
    await copyFile(join(CASE, 'config.json'), join(source, 'config.json'));
    await writeFile(join(source, 'vocab.txt'), blipVocabulary(140));
    await writeForm(join(source, name));
    const { folder: pack } = await buildPack({ source, out: join(folder.path, `pack-${name}`) });
    const model = await loadItmModel(sourceOfPack(await loadPack(pack)), { threads: 1 });
    const pixels = Float32Array.from({ length: 3 * 64 * 64 }, (_, i) => Math.sin(i));
    const features = await model.encodeImage(pixels, 64, 64);
    const captions = {
      batch: 1,
      length: 4,
      inputIds: BigInt64Array.of(139n, 5n, 17n, 102n),
      attentionMask: BigInt64Array.of(1n, 1n, 1n, 1n),
    };
    const { itmLogits, gradient } = await model.explain(features, captions, [1]);
    answers.push({ itmLogits: [...itmLogits], gradient: [...gradient] });
    features.dispose();
    await model.dispose();
  }
  expect(answers).toHaveLength(3);
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  expect(JSON.stringify(answers[0])).toMatch(/[1-9]/);
});
