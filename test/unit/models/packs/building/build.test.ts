// From a checkpoint on disk to a pack: what is recognised, linked, refused and never half done.
import {
  copyFile,
  cp,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { familyById } from '../../../../../models/families.ts';
import { buildPack } from '../../../../../models/packs/building/build.ts';
import { idFromName } from '../../../../../models/packs/building/assemble.ts';
import { loadPack } from '../../../../../models/packs/load.ts';
import { verifyPack } from '../../../../../models/packs/verify.ts';
import {
  blipConfig,
  blipShapes,
  originalNames,
  randomBlock,
  TINY_BLIP,
  writeBlipFolder,
} from '../../../../helpers/fixtures/blipCheckpoint.ts';
import { writeTorchFile } from '../../../../helpers/fixtures/torchFile.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

async function tinyModel() {
  const folder = await temporaryFolder();
  const source = join(folder.path, 'Tiny BLIP (test)');
  await writeBlipFolder(source);
  return Object.assign(folder, { source, out: join(folder.path, 'packs', 'tiny') });
}

describe('buildPack', () => {
  it('makes a pack that says what the model is, loads and verifies', async () => {
    await using model = await tinyModel();
    const { manifest, copiedBytes, folder } = await buildPack({
      source: model.source,
      out: model.out,
    });
    expect(manifest).toMatchObject({
      schemaVersion: 1,
      id: 'tiny-blip-test',
      name: 'Tiny BLIP (test)',
      kind: 'itm',
      family: 'blip-itm',
      weights: 'model.safetensors',
      config: 'config.json',
      tokenizer: { kind: 'wordpiece', file: 'vocab.txt' },
      preprocessing: { mean: [0.5, 0.4, 0.3], std: [0.2, 0.25, 0.3], resize: 'bicubic' },
      defaults: {
        layers: [2],
        heads: 'mean',
        prefix: 'A picture of',
        parameters: { 'pnp.inputSide': 32 },
      },
    });
    expect(copiedBytes).toBeLessThan(2000);
    const pack = await loadPack(folder);
    expect(pack.weights.get('itm_head.weight')).toMatchObject({
      shape: [2, 12],
      file: 'model.safetensors',
    });
    expect(pack.config).toEqual(blipConfig(TINY_BLIP));
    expect(pack.parameters).toEqual({
      'pnp.inputSide': 32,
      'pnp.layers': [1],
      'pnp.heads': [],
      'pnp.prefix': 'A picture of',
    });
    expect((await verifyPack(folder)).problems).toEqual([]);
    expect(await readdir(join(model.path, 'packs'))).toEqual(['tiny']);
  });

  it('links the weights instead of copying them, and copies where the disk cannot link', async () => {
    await using model = await tinyModel();
    await buildPack({ source: model.source, out: model.out });
    const inode = async (path: string, name = 'model.safetensors') =>
      (await stat(join(path, name))).ino;
    expect(await inode(model.out)).toBe(await inode(model.source));
    // An edit of the original's config must not reach into the pack.
    expect(await inode(model.out, 'config.json')).not.toBe(
      await inode(model.source, 'config.json'),
    );

    const other = join(model.path, 'copied');
    const crossDevice = () => Promise.reject(Object.assign(new Error('no'), { code: 'EXDEV' }));
    const { copiedBytes, manifest } = await buildPack(
      { source: model.source, out: other },
      { hardLink: crossDevice },
    );
    expect(await inode(other)).not.toBe(await inode(model.source));
    expect(copiedBytes).toBe(manifest.files.reduce((sum, { bytes }) => sum + bytes, 0));
    expect((await verifyPack(other)).problems).toEqual([]);
  });

  it('takes a hub cache entry: links its blobs, not its symbolic links', async () => {
    await using model = await tinyModel();
    const cache = join(model.path, 'models--Salesforce--tiny');
    const snapshot = join(cache, 'snapshots', 'abc123');
    await mkdir(snapshot, { recursive: true });
    await mkdir(join(cache, 'refs'));
    await writeFile(join(cache, 'refs', 'main'), 'abc123');
    await mkdir(join(cache, 'snapshots', 'older'));
    await mkdir(join(cache, 'blobs'));
    for (const name of await readdir(model.source)) {
      await copyFile(join(model.source, name), join(cache, 'blobs', `blob-${name}`));
      await symlink(join('..', '..', 'blobs', `blob-${name}`), join(snapshot, name));
    }
    const { folder } = await buildPack({ source: cache, out: model.out });
    expect((await stat(join(folder, 'model.safetensors'))).ino).toBe(
      (await stat(join(cache, 'blobs', 'blob-model.safetensors'))).ino,
    );
    for (const entry of await readdir(folder, { withFileTypes: true }))
      expect(entry.isFile()).toBe(true);
  });

  it('takes a bare weight file with a tokenizer from elsewhere', async () => {
    await using model = await tinyModel();
    const bare = join(model.path, 'bare');
    await mkdir(bare);
    await rename(join(model.source, 'model.safetensors'), join(bare, 'model_large.safetensors'));
    await rename(join(model.source, 'config.json'), join(bare, 'config.json'));
    const source = join(bare, 'model_large.safetensors');
    await expect(buildPack({ source, out: model.out })).rejects.toMatchObject({
      code: 'MODEL_TOKENIZER_INVALID',
    });
    const { manifest } = await buildPack({
      source,
      out: model.out,
      tokenizer: join(model.source, 'vocab.txt'),
      words: { name: 'Bare' },
    });
    expect(manifest.files.map(({ path }) => path).sort()).toEqual([
      'config.json',
      'model_large.safetensors',
      'vocab.txt',
    ]);
  });

  it('takes an original .pth without config.json: the tensors tell everything', async () => {
    await using model = await tinyModel();
    const sizes = { ...TINY_BLIP, visionWidth: 128, textWidth: 64 };
    const shapes = originalNames(blipShapes(sizes));
    const momentum = [...shapes]
      .filter(([name]) => name.startsWith('visual_encoder.'))
      .map(([name, shape]) => [name.replace('visual_encoder', 'visual_encoder_m'), shape] as const);
    const pth = join(model.path, 'model_large_retrieval_flickr.pth');
    await writeTorchFile(pth, new Map([...shapes, ...momentum]), randomBlock(4096), 'model');
    const tokenizer = join(model.source, 'vocab.txt');
    const { manifest } = await buildPack({ source: pth, out: model.out, tokenizer });
    expect(manifest).toMatchObject({
      family: 'blip-itm',
      config: null,
      weights: 'model_large_retrieval_flickr.pth',
      id: 'model_large_retrieval_flickr',
    });
    const total = [...shapes.values()].reduce(
      (sum, shape) => sum + shape.reduce((a, b) => a * b, 1),
      0,
    );
    expect(manifest.parameters).toBe(total);
    const pack = await loadPack(model.out);
    expect(familyById(manifest.family).facts(pack.config, pack.weights)).toMatchObject({
      heads: 1,
      nativeSide: 32,
      layers: 3,
    });
  });

  it('knows a model that only judges, and gives it no defaults for explaining', async () => {
    await using model = await tinyModel();
    const source = join(import.meta.dirname, '../../../../fixtures/goldens/clip/case_a');
    const { manifest } = await buildPack({
      source,
      out: model.out,
      tokenizer: join(model.source, 'vocab.txt'),
    });
    expect(manifest).toMatchObject({ kind: 'clip', family: 'clip', defaults: null });
    expect((await loadPack(model.out)).parameters).toEqual({});
  });

  it('keeps the words and defaults it was given', async () => {
    await using model = await tinyModel();
    const words = {
      id: 'mine',
      name: 'Mine',
      purpose: 'Tests.',
      licence: 'Apache-2.0',
      notes: 'n',
      defaults: {
        layers: [1, 2],
        heads: [2],
        prefix: 'a photo of',
        parameters: { 'masks.blur': 0.035 },
      },
    };
    const { manifest } = await buildPack({ source: model.source, out: model.out, words });
    expect(manifest).toMatchObject(words);
  });

  it.each([
    [
      'a missing source',
      'MODEL_FILE_UNREADABLE',
      async (source: string) => rename(source, `${source}-gone`),
    ],
    [
      'no weights',
      'MODEL_FILE_UNREADABLE',
      async (source: string) => rename(join(source, 'model.safetensors'), join(source, 'x.txt')),
    ],
    [
      'two possible weight files',
      'MODEL_FILE_UNREADABLE',
      async (source: string) => {
        await rename(join(source, 'model.safetensors'), join(source, 'a.safetensors'));
        await copyFile(join(source, 'a.safetensors'), join(source, 'b.safetensors'));
      },
    ],
    [
      'truncated weights',
      'MODEL_FILE_DAMAGED',
      async (source: string) => truncate(join(source, 'model.safetensors'), 5000),
    ],
    [
      'weights of another kind',
      'MODEL_FAMILY_UNKNOWN',
      async (source: string) =>
        writeFile(join(source, 'model.safetensors'), Buffer.from('02000000000000007b7d', 'hex')),
    ],
    [
      'a config that lies',
      'MODEL_CONFIG_INVALID',
      async (source: string) => {
        const text = await readFile(join(source, 'config.json'), 'utf8');
        await writeFile(
          join(source, 'config.json'),
          text.replace('"num_hidden_layers":3', '"num_hidden_layers":4'),
        );
      },
    ],
    [
      'a config that is no JSON',
      'MODEL_CONFIG_INVALID',
      async (source: string) => writeFile(join(source, 'config.json'), '{'),
    ],
    [
      'deviations of zero',
      'MODEL_CONFIG_INVALID',
      async (source: string) =>
        writeFile(join(source, 'preprocessor_config.json'), '{"image_std":[1,0,1]}'),
    ],
    [
      'a tokenizer of another type',
      'MODEL_TOKENIZER_INVALID',
      async (source: string) =>
        writeFile(join(source, 'tokenizer.json'), '{"model":{"type":"Unigram"}}'),
    ],
  ])('%s is refused and leaves nothing behind', async (_what, code, damage) => {
    await using model = await tinyModel();
    await mkdir(join(model.path, 'packs'));
    await damage(model.source);
    await expect(buildPack({ source: model.source, out: model.out })).rejects.toMatchObject({
      code,
    });
    expect(await readdir(join(model.path, 'packs'))).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')(
    'copies ordinary files of a sensible size only, and nothing before it has looked (devices and pipes: not on Windows)',
    async () => {
      const endless = async (source: string, name: string) => {
        await rm(join(source, name), { force: true });
        await symlink('/dev/zero', join(source, name));
      };
      const pipe = async (source: string, name: string) => {
        await rm(join(source, name), { force: true });
        execFileSync('mkfifo', [join(source, name)]);
      };
      const vast = (source: string, name: string) => truncate(join(source, name), 100 * 2 ** 20);
      for (const name of ['config.json', 'vocab.txt', 'preprocessor_config.json'])
        for (const make of [endless, pipe, vast]) {
          await using model = await tinyModel();
          await mkdir(join(model.path, 'packs'));
          await make(model.source, name);
          const signal = AbortSignal.timeout(3000);
          await expect(
            buildPack({ source: model.source, out: model.out }, { signal }),
            `${name}: ${make.name}`,
          ).rejects.toMatchObject({
            name: 'ModelError',
            message: expect.stringContaining(name) as string,
          });
          expect(await readdir(join(model.path, 'packs'))).toEqual([]);
        }
    },
  );

  it('sweeps what a killed build left beside it a day ago', async () => {
    await using model = await tinyModel();
    const left = join(model.path, 'packs', '.building-other-1');
    await mkdir(left, { recursive: true });
    await utimes(left, 1, 1);
    await buildPack({ source: model.source, out: model.out });
    expect(await readdir(join(model.path, 'packs'))).toEqual(['tiny']);
  });

  it('never overwrites a folder, and an abort leaves nothing behind', async () => {
    await using model = await tinyModel();
    await mkdir(model.out, { recursive: true });
    await writeFile(join(model.out, 'precious.txt'), 'mine');
    await expect(buildPack({ source: model.source, out: model.out })).rejects.toMatchObject({
      code: 'PACK_EXISTS',
    });
    expect(await readdir(model.out)).toEqual(['precious.txt']);

    const stop = new AbortController();
    const reason = new Error('stopped by the user');
    const other = join(model.path, 'packs', 'other');
    const onProgress = () => stop.abort(reason);
    await expect(
      buildPack({ source: model.source, out: other }, { signal: stop.signal, onProgress }),
    ).rejects.toBe(reason);
    expect(await readdir(join(model.path, 'packs'))).toEqual(['tiny']);
  });
});

describe('verifyPack and loadPack', () => {
  it('find every kind of damage by file', async () => {
    await using model = await tinyModel();
    await buildPack({ source: model.source, out: model.out });
    const damaged = async (name: string, damage: (file: string) => Promise<unknown>) => {
      const copy = join(model.path, `copy-${name}`);
      await cp(model.out, copy, { recursive: true });
      await damage(join(copy, name));
      return copy;
    };
    const flipped = await damaged('model.safetensors', async (file) => {
      const bytes = await readFile(file);
      const last = bytes.length - 1;
      bytes[last] = (bytes[last] ?? 0) ^ 1;
      await writeFile(file, bytes);
    });
    expect((await verifyPack(flipped)).problems).toEqual([
      {
        file: 'model.safetensors',
        expected: expect.stringContaining('sha256') as string,
        found: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    ]);
    const short = await damaged('vocab.txt', (file) => truncate(file, 3));
    expect((await verifyPack(short)).problems).toMatchObject([
      { file: 'vocab.txt', found: '3 bytes' },
    ]);
    await expect(loadPack(short)).rejects.toMatchObject({
      code: 'PACK_INVALID',
      file: 'vocab.txt',
    });
    const linked = await damaged('config.json', async (file) => {
      await rename(file, `${file}.real`);
      await symlink('config.json.real', file);
    });
    await expect(loadPack(linked)).rejects.toMatchObject({
      code: 'PACK_INVALID',
      file: 'config.json',
      found: 'something else',
    });
    await expect(loadPack(model.path)).rejects.toMatchObject({ code: 'PACK_NOT_FOUND' });
  });

  it('a changed small file is refused at load, since it would silently change captions', async () => {
    await using model = await tinyModel();
    await buildPack({ source: model.source, out: model.out });
    await link(join(model.out, 'vocab.txt'), join(model.path, 'keep'));
    const text = await readFile(join(model.out, 'vocab.txt'), 'utf8');
    await writeFile(join(model.out, 'vocab.txt'), text.replace('cat', 'cow'));
    await expect(loadPack(model.out)).rejects.toMatchObject({
      code: 'PACK_HASH_MISMATCH',
      file: 'vocab.txt',
    });
  });

  it('an abort while verifying gives the signal reason', async () => {
    await using model = await tinyModel();
    await buildPack({ source: model.source, out: model.out });
    const reason = new Error('enough');
    await expect(verifyPack(model.out, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('idFromName', () => {
  it.each([
    ['BLIP large, Flickr', 'blip-large-flickr'],
    ['Größe', 'gro-e'],
    ['...', 'pack'],
    ['模型', 'pack'],
    ['x'.repeat(80), 'x'.repeat(60)],
  ])('%j becomes %j', (name, id) =>
    expect(idFromName(name)).toMatch(new RegExp(`^${id.replace('gro-e', 'gro.*e')}$`)),
  );
});
