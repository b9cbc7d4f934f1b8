// The pack that ships with the program is whole and its defaults are parameters that exist.
import { existsSync } from 'node:fs';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveParams } from '../../../../../electron/link/presets.ts';
import { DEMO_PACK } from '../../../../../models/packs/building/demoPack.ts';
import { describeFolder } from '../../../../../models/packs/building/describeFolder.ts';
import { loadPack } from '../../../../../models/packs/load.ts';
import { SOURCE_DEMO_PACK } from '../../../../../models/packs/places.ts';
import { verifyPack } from '../../../../../models/packs/verify.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

describe('the shipped pack', () => {
  it('verifies, loads, and its defaults are accepted by the pipeline', async () => {
    expect((await verifyPack(SOURCE_DEMO_PACK)).problems).toEqual([]);
    const { manifest, parameters } = await loadPack(SOURCE_DEMO_PACK);
    expect(manifest).toMatchObject({
      id: DEMO_PACK.id,
      family: 'blip-itm',
      defaults: DEMO_PACK.defaults,
    });
    expect(resolveParams('pack', parameters).explain).toMatchObject({
      layers: [0, 1],
      heads: [],
      captions: 'perClass',
      passes: 3,
    });
  });

  it('describing it again gives the same pack.json', async () => {
    await using folder = await temporaryFolder();
    const copy = join(folder.path, 'pack');
    await cp(SOURCE_DEMO_PACK, copy, { recursive: true });
    await describeFolder(copy, DEMO_PACK);
    expect(await readFile(join(copy, 'pack.json'), 'utf8')).toBe(
      await readFile(join(SOURCE_DEMO_PACK, 'pack.json'), 'utf8'),
    );
    expect(existsSync(join(copy, '.pack.json.new'))).toBe(false);
  });
});
