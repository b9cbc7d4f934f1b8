// Which folders count as packs, and what removing one touches.
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildPack } from '../../../../models/packs/building/build.ts';
import { installedPacksFolder, type PackPlaces } from '../../../../models/packs/places.ts';
import {
  findPack,
  listPacks,
  memoryNeedBytes,
  removePack,
  sweepLeftovers,
} from '../../../../models/packs/store.ts';
import { writeBlipFolder } from '../../../helpers/fixtures/blipCheckpoint.ts';
import { temporaryFolder } from '../../../helpers/drivers/temporaryFolder.ts';

async function store() {
  const folder = await temporaryFolder();
  const source = join(folder.path, 'checkpoint');
  await writeBlipFolder(source);
  const places: PackPlaces = {
    builtIn: [join(folder.path, 'demo')],
    installed: join(folder.path, 'packs'),
  };
  const install = (id: string, name = id) =>
    buildPack({ source, out: join(places.installed, id), words: { id, name } });
  await buildPack({
    source,
    out: join(folder.path, 'demo'),
    words: { id: 'demo', name: 'Drawn scenes' },
  });
  return Object.assign(folder, { source, places, install });
}

describe('listPacks', () => {
  it('lists the built-in pack first, then installed ones by name, with size and memory', async () => {
    await using s = await store();
    await s.install('b', 'Beta');
    await s.install('a', 'Zeta');
    const packs = await listPacks(s.places);
    expect(packs.map(({ id, builtIn, problem }) => [id, builtIn, problem])).toEqual([
      ['demo', true, null],
      ['b', false, null],
      ['a', false, null],
    ]);
    const [demo] = packs;
    expect(demo?.bytes).toBe(demo?.manifest?.files.reduce((sum, { bytes }) => sum + bytes, 0));
    expect(demo?.memoryBytes).toBe(memoryNeedBytes(demo?.manifest?.parameters ?? 0));
  });

  it('shows broken packs with their problem and never shows unfinished work', async () => {
    await using s = await store();
    await s.install('short');
    await rm(join(s.places.installed, 'short', 'model.safetensors'));
    await writeFile(join(s.places.installed, 'short', 'model.safetensors'), Buffer.alloc(100));
    await mkdir(join(s.places.installed, 'empty'));
    await mkdir(join(s.places.installed, '.partial', 'x'), { recursive: true });
    await mkdir(join(s.places.installed, '.building-x-1'));
    await writeFile(join(s.places.installed, 'notes.txt'), 'x');
    const packs = (await listPacks(s.places)).filter(({ builtIn }) => !builtIn);
    expect(packs.map(({ id, problem }) => [id, problem?.includes('pack.json') ?? null])).toEqual([
      ['empty', true],
      ['short', false],
    ]);
    expect(packs[1]?.problem).toMatch(/model\.safetensors: expected \d+ bytes, found 100 bytes/);
    await expect(findPack(s.places, 'short')).rejects.toMatchObject({ code: 'PACK_INVALID' });
    await expect(findPack(s.places, 'none')).rejects.toMatchObject({ code: 'PACK_NOT_FOUND' });
    expect((await findPack(s.places, 'demo')).manifest.name).toBe('Drawn scenes');
  });

  it('is empty where nothing was ever installed', async () => {
    await using s = await store();
    expect(await listPacks({ builtIn: [], installed: join(s.path, 'never') })).toEqual([]);
  });
});

describe('removePack', () => {
  it('removes an installed pack, also a broken one, and keeps the checkpoint it was linked from', async () => {
    await using s = await store();
    await s.install('a');
    await rm(join(s.places.installed, 'a', 'pack.json'));
    await removePack(s.places, 'a');
    expect(await readdir(s.places.installed)).toEqual([]);
    expect(await readdir(s.source)).toContain('model.safetensors');
  });

  it('refuses the built-in pack and unknown ids', async () => {
    await using s = await store();
    await expect(removePack(s.places, 'demo')).rejects.toMatchObject({ code: 'PACK_READ_ONLY' });
    await expect(removePack(s.places, '..')).rejects.toMatchObject({ code: 'PACK_NOT_FOUND' });
  });
});

describe('sweepLeftovers', () => {
  it('deletes interrupted removals and old builds, not packs, downloads or running builds', async () => {
    await using s = await store();
    await s.install('a');
    for (const name of ['.removing-1', '.building-old-1', '.building-now-1', '.partial'])
      await mkdir(join(s.places.installed, name));
    const old = new Date(Date.now() - 48 * 3600_000);
    await utimes(join(s.places.installed, '.building-old-1'), old, old);
    expect((await sweepLeftovers(s.places)).sort()).toEqual(['.building-old-1', '.removing-1']);
    expect((await readdir(s.places.installed)).sort()).toEqual([
      '.building-now-1',
      '.partial',
      'a',
    ]);
  });
});

describe('installedPacksFolder', () => {
  const home = '/home/x';
  it.each([
    [{ SALIENCE_PACKS: '/data/packs' }, 'linux', '/data/packs'],
    [{}, 'linux', '/home/x/.local/share/salience/packs'],
    [{ XDG_DATA_HOME: '/xdg' }, 'linux', '/xdg/salience/packs'],
    [{}, 'darwin', '/home/x/Library/Application Support/Salience/packs'],
    [{ LOCALAPPDATA: 'L' }, 'win32', 'L/Salience/packs'],
  ] as const)('with %j on %s is %s', (env, platform, expected) => {
    expect(installedPacksFolder({ env, platform, home }).replaceAll('\\', '/')).toBe(expected);
  });
});
