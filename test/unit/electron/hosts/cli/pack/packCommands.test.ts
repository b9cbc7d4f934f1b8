// The commands behind "salience pack": what they print and leave behind.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  EMBEDDING_FAMILIES,
  FAMILIES,
  SEGMENT_FAMILIES,
} from '../../../../../../models/families.ts';
import { CATALOGUE } from '../../../../../../models/packs/catalogue/catalogue.ts';
import {
  addCommand,
  addFetchedCommand,
  buildCommand,
  removeCommand,
  verifyCommand,
} from '../../../../../../electron/hosts/cli/pack/packCommands.ts';
import {
  catalogueCommand,
  listCommand,
} from '../../../../../../electron/hosts/cli/pack/packListings.ts';
import type { Told } from '../../../../../../electron/hosts/cli/pack/packContext.ts';
import { findPack } from '../../../../../../models/packs/store.ts';
import { requestFor } from '../../../../../../models/packs/request.ts';
import { bytesInWords, percentInWords } from '../../../../../../models/packs/words.ts';
import {
  albefShapes,
  TINY_ALBEF,
  writeAlbefTorch,
} from '../../../../../helpers/fixtures/albefCheckpoint.ts';
import { writeBlipFolder } from '../../../../../helpers/fixtures/blipCheckpoint.ts';
import { startHub } from '../../../../../helpers/standIns/hubServer.ts';
import { temporaryFolder } from '../../../../../helpers/drivers/temporaryFolder.ts';

async function terminal() {
  const folder = await temporaryFolder();
  const source = join(folder.path, 'My BLIP');
  await writeBlipFolder(source);
  const lines: string[] = [];
  const progress: string[] = [];
  const places = { builtIn: [] as string[], installed: join(folder.path, 'packs') };
  const context = {
    places,
    print: (line: string) => void lines.push(line),
    progress: ({ text }: Told) => void progress.push(text),
  };
  const said = () => lines.splice(0).join('\n');
  return Object.assign(folder, { source, places, context, said, progress });
}

const offline = { endpoint: 'http://127.0.0.1:9' };

describe('salience pack', () => {
  it('build installs under an id made of the name; list, verify and remove know it', async () => {
    await using t = await terminal();
    expect(await buildCommand(t.context, { source: t.source })).toBe(0);
    expect(t.said()).toMatch(/^Built my-blip: blip-itm, \d+ kB, linked, not copied\.\n.*my-blip$/);
    expect(await listCommand(t.context)).toBe(0);
    expect(t.said()).toMatch(/my-blip +My BLIP\n +ready, \d+ kB, needs \d+ MB/);
    expect(await listCommand({ ...t.context, json: true })).toBe(0);
    expect(JSON.parse(t.said())).toMatchObject({
      folder: t.places.installed,
      packs: [{ id: 'my-blip', name: 'My BLIP', problem: null, builtIn: false }],
      paused: [],
    });
    expect(await verifyCommand(t.context)).toBe(0);
    expect(t.said()).toMatch(/^my-blip: verified, \d+ kB$/);
    expect(await verifyCommand(t.context, join(t.places.installed, 'my-blip'))).toBe(0);
    t.said();
    expect(await removeCommand(t.context, 'my-blip')).toBe(0);
    expect(await readdir(t.places.installed)).toEqual([]);
    expect(await listCommand(t.context)).toBe(0);
    expect(t.said()).toContain('No packs');
  });

  it('build --out makes the pack where it is told', async () => {
    await using t = await terminal();
    await buildCommand(t.context, {
      source: t.source,
      out: join(t.path, 'elsewhere'),
      words: { name: 'X', licence: 'MIT' },
    });
    expect(
      JSON.parse(await readFile(join(t.path, 'elsewhere', 'pack.json'), 'utf8')),
    ).toMatchObject({ id: 'x', licence: 'MIT' });
  });

  it('verify and list report a damaged pack with status 1', async () => {
    await using t = await terminal();
    await addCommand(t.context, t.source, offline);
    t.said();
    const vocabulary = join(t.places.installed, 'my-blip', 'vocab.txt');
    await writeFile(vocabulary, (await readFile(vocabulary, 'utf8')).replace('cat', 'cow'));
    expect(await verifyCommand(t.context, 'my-blip')).toBe(1);
    expect(t.said()).toMatch(/^my-blip: vocab\.txt: expected sha256 [0-9a-f]+, found [0-9a-f]+$/);
    await rm(vocabulary);
    expect(await listCommand(t.context)).toBe(1);
    expect(t.said()).toContain('broken: vocab.txt: expected the file, found nothing');
    await mkdir(join(t.places.installed, 'empty'));
    expect(await verifyCommand(t.context)).toBe(1);
  });

  it('add fetches a repository; a paused download is listed and removed', async () => {
    await using t = await terminal();
    const files: Record<string, Buffer> = {};
    for (const name of await readdir(t.source)) files[name] = await readFile(join(t.source, name));
    await using hub = await startHub(files);
    expect(await addCommand(t.context, 'test/model', { endpoint: hub.endpoint })).toBe(0);
    expect(t.said()).toContain('Installed test-model: test/model, blip-itm.');
    await removeCommand(t.context, 'test-model');
    t.said();

    hub.fault = ({ where, count }) =>
      where === 'content'
        ? count === 1
          ? { kind: 'cut', afterBytes: 30_000 }
          : { kind: 'status', status: 404 }
        : undefined;
    const patience = { wait: () => Promise.resolve(), random: () => 0 };
    await expect(
      addCommand(t.context, 'test/model', { endpoint: hub.endpoint, patience }),
    ).rejects.toMatchObject({ code: 'DOWNLOAD_NOT_FOUND' });
    await listCommand(t.context);
    expect(t.said()).toMatch(
      /test-model +test\/model\n +paused at \d+ % of \d+ kB; go on with "salience pack add test-model"/,
    );
    expect(await requestFor('test-model', t.places)).toMatchObject({
      repo: 'test/model',
      revision: hub.commit,
    });
    await removeCommand(t.context, 'test-model');
    expect(t.said()).toContain('Removed the paused download');
    expect(await readdir(join(t.places.installed, '.partial'))).toEqual([]);
  });

  it('catalogue names every model with size, memory, licence and purpose', async () => {
    await using t = await terminal();
    expect(await catalogueCommand(t.context)).toBe(0);
    const text = t.said();
    for (const { id, licence, purpose } of CATALOGUE)
      expect([text.includes(id), text.includes(licence), text.includes(purpose)]).toEqual([
        true,
        true,
        true,
      ]);
    expect(text).toMatch(
      /blip-itm-large-flickr +BLIP large, Flickr\n +1\.78 GB, needs about 2\.12 GB, BSD-3-Clause, from Salesforce\/blip-itm-large-flickr/,
    );
    // Nothing is offered that could not be loaded after the download.
    expect(CATALOGUE.map(({ family }) => family)).toEqual([
      ...Array<string>(4).fill('blip-itm'),
      'bridgetower',
      ...Array<string>(4).fill('albef'),
      ...Array<string>(4).fill('mplug'),
      ...Array<string>(3).fill('clip'),
      'sam',
      'sam',
      'mobile-sam',
      ...Array<string>(4).fill('sam'),
    ]);
    const families = [...FAMILIES, ...EMBEDDING_FAMILIES, ...SEGMENT_FAMILIES].map(({ id }) => id);
    for (const { family } of CATALOGUE) expect(families).toContain(family);
    expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(CATALOGUE.length);
  });

  it('a model without a published checksum is told where it is, and added from its file', async () => {
    await using t = await terminal();
    expect(await addCommand(t.context, 'albef-flickr', offline)).toBe(1);
    const address = 'https://storage.googleapis.com/sfr-pcl-data-research/ALBEF/flickr30k.pth';
    expect(t.said()).toMatch(
      `1. Fetch flickr30k.pth from ${address}\n   About 838 MB. Licence: BSD-3-Clause.`,
    );
    const json = addCommand({ ...t.context, json: true }, 'albef-flickr', offline);
    await expect(json).rejects.toMatchObject({ code: 'DOWNLOAD_REFUSED' });

    const file = join(t.path, 'flickr30k.pth');
    const early = addFetchedCommand(t.context, 'albef-flickr', t.path);
    await expect(early).rejects.toThrow(
      `expected the file flickr30k.pth, found a folder without it. Download it from ${address} first`,
    );
    await writeAlbefTorch(file, albefShapes({ ...TINY_ALBEF, vocabulary: 30_522 }));
    expect(await addFetchedCommand(t.context, 'albef-flickr', t.path)).toBe(0);
    const sha256 = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    expect(t.said()).toContain(`Its SHA-256 is ${sha256}. Nobody published one`);
    const { manifest } = await findPack(t.places, 'albef-flickr');
    expect(manifest).toMatchObject({ name: 'ALBEF, Flickr', licence: 'BSD-3-Clause' });
    expect(manifest?.notes).toContain(`From ${address}`);
    // Another model under that name would be a lie.
    await expect(addFetchedCommand(t.context, 'mplug-base', file)).rejects.toThrow(
      'expected weights of mplug for mPLUG base, found weights of albef',
    );
  });

  it('an unknown name is answered with the names there are', async () => {
    await using t = await terminal();
    await expect(addCommand(t.context, 'blip', offline)).rejects.toMatchObject({
      code: 'PACK_NOT_FOUND',
      message: expect.stringContaining('blip-itm-large-coco') as string,
    });
    await expect(verifyCommand(t.context, 'blip')).rejects.toMatchObject({
      code: 'PACK_NOT_FOUND',
    });
    await expect(removeCommand(t.context, 'blip')).rejects.toMatchObject({
      code: 'PACK_NOT_FOUND',
    });
  });
});

describe('words', () => {
  it.each([
    [3e12, '3.00 TB'],
    [1_784_514_568, '1.78 GB'],
    [895_000_000, '895 MB'],
    [999_700_000, '1.00 GB'],
    [12_345, '12 kB'],
    [40, '40 B'],
    [0, '0 B'],
  ])('%i bytes are %s', (bytes, words) => expect(bytesInWords(bytes)).toBe(words));

  it('100 % only when nothing is missing', () => {
    expect([percentInWords(999, 1000), percentInWords(1000, 1000), percentInWords(0, 0)]).toEqual([
      '99 %',
      '100 %',
      '0 %',
    ]);
  });
});
