// Packs of click models: what is recognised and refused, what they are fed with, what is fetched for them.
import { copyFile, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { segmentFamilyById } from '../../../../../models/families.ts';
import { buildPack } from '../../../../../models/packs/building/build.ts';
import { MEDSAM } from '../../../../../models/packs/building/preprocessing.ts';
import { CATALOGUE } from '../../../../../models/packs/catalogue/catalogue.ts';
import { filesToFetch } from '../../../../../models/packs/download/plan.ts';
import { loadPack, tokenizerPathOf } from '../../../../../models/packs/load.ts';
import { packHash, parseManifest } from '../../../../../models/packs/manifest.ts';
import { randomBlock, writeBlipFolder } from '../../../../helpers/fixtures/blipCheckpoint.ts';
import { samShapes, TINY_SAM, writeSam } from '../../../../helpers/fixtures/samCheckpoint.ts';
import { writeTorchFile } from '../../../../helpers/fixtures/torchFile.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

async function scene() {
  const folder = await temporaryFolder();
  const source = join(folder.path, 'sam');
  await mkdir(source);
  await writeSam(source);
  const torch = async (name: string, keep: (tensor: string) => boolean = () => true) => {
    const path = join(folder.path, name);
    const shapes = [...samShapes(TINY_SAM)].filter(([tensor]) => keep(tensor));
    await writeTorchFile(path, new Map(shapes), randomBlock(4096));
    return path;
  };
  return Object.assign(folder, { source, torch, out: join(folder.path, 'packs', 'tiny') });
}

describe('a pack of a click model', () => {
  it('has no tokenizer and no defaults, whatever lies beside its weights', async () => {
    await using s = await scene();
    const words = join(s.path, 'words');
    await writeBlipFolder(words);
    await copyFile(join(words, 'vocab.txt'), join(s.source, 'vocab.txt'));
    const { manifest } = await buildPack({ source: s.source, out: s.out });
    expect(manifest).toMatchObject({
      id: 'sam',
      kind: 'segment',
      family: 'sam',
      tokenizer: null,
      defaults: null,
      preprocessing: { mean: [0.485, 0.456, 0.406], resize: 'bilinear' },
    });
    expect(manifest.files.map(({ path }) => path)).toEqual(['model.safetensors']);
    const pack = await loadPack(s.out);
    expect(pack).toMatchObject({ tokenizerPath: null, parameters: {} });
    expect(() => tokenizerPathOf(pack)).toThrow(/sam, which makes masks of clicks/);
    const facts = segmentFamilyById(manifest.family).facts(pack.config, pack.weights);
    expect(facts).toMatchObject({ side: 16, masks: 4 });
  });

  it("is fed as MedSAM is where its name says so, or somebody asks; that changes the pack's identity", async () => {
    await using s = await scene();
    const named = await buildPack({ source: await s.torch('medsam_vit_b.pth'), out: s.out });
    expect(named.manifest).toMatchObject({ kind: 'segment', preprocessing: MEDSAM });
    const source = await s.torch('lungs.pth');
    const plain = await buildPack({ source, out: `${s.out}-2` });
    expect(plain.manifest.preprocessing.frame).toBeUndefined();
    const words = { preprocessing: MEDSAM };
    const asked = await buildPack({ source, out: `${s.out}-3`, words });
    expect(asked.manifest.preprocessing).toEqual(MEDSAM);
    expect(packHash(asked.manifest)).not.toBe(packHash(plain.manifest));
  });

  it('is refused by name when half of the model is missing', async () => {
    await using s = await scene();
    const source = await s.torch('encoder.pth', (name) => name.startsWith('vision_encoder.'));
    await expect(buildPack({ source, out: s.out })).rejects.toThrow(
      /an image encoder without its mask decoder/,
    );
  });

  it('and no other has no tokenizer', async () => {
    await using s = await scene();
    const { manifest } = await buildPack({ source: s.source, out: s.out });
    const parse = (change: object) => () =>
      parseManifest(JSON.stringify({ ...manifest, ...change }));
    expect(parse({})()).toEqual(manifest);
    expect(parse({ kind: 'itm' })).toThrow(/a tokenizer for a model that reads words/);
    const file = manifest.weights;
    expect(parse({ tokenizer: { kind: 'wordpiece', file } })).toThrow(/reads no words/);
  });

  it('is called by its file when it comes as one', async () => {
    await using s = await scene();
    const source = await s.torch('sam_vit_b.pth');
    await rename(s.source, `${s.source}-gone`);
    const { manifest } = await buildPack({ source, out: s.out });
    expect(manifest).toMatchObject({ id: 'sam_vit_b', weights: 'sam_vit_b.pth', config: null });
  });
});

describe('a download of a click model', () => {
  const listed = (...paths: string[]) =>
    paths.map((path) => ({ path, bytes: 1, sha256: null, gitSha1: 'a'.repeat(40) }));
  const fetched = (...paths: string[]) =>
    filesToFetch('a/b', listed(...paths)).map(({ path }) => path);

  it('takes no tokenizer where a repository has pictures alone', () => {
    expect(
      fetched('README.md', 'config.json', 'model.safetensors', 'preprocessor_config.json'),
    ).toEqual(['config.json', 'preprocessor_config.json', 'model.safetensors']);
  });

  it("takes the only file of Meta's kind, and not one of two", () => {
    expect(fetched('README.md', 'mobile_sam.pt')).toEqual(['mobile_sam.pt']);
    expect(() => fetched('a.pt', 'b.pt')).toThrow(/in a\/b/);
  });

  it('is offered with the quickest first, each with size and licence', () => {
    const clicks = CATALOGUE.filter(({ kind }) => kind === 'segment');
    expect(clicks[0]).toMatchObject({
      id: 'slimsam-uniform-77',
      downloadBytes: 39e6,
      licence: 'Apache-2.0',
    });
    expect(clicks.map(({ family }) => family)).toContain('mobile-sam');
    expect(new Set(clicks.map(({ id }) => id)).size).toBe(7);
  });
});
