// A package made by the real electron-builder around a stand-in for Electron's folder, and taken apart again:
// what the archive and the files beside it hold, in a copy outside the source tree.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPackage, extractAll, listPackage } from '@electron/asar';
import { FuseV1Options } from '@electron/fuses';
import { build, Platform } from 'electron-builder';
import type { Configuration } from 'electron-builder';

const root = join(import.meta.dirname, '../..');

/** Where fuses begin in a program, the version of the wire, its length, and every fuse on. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = Object.values(FuseV1Options).filter((value) => typeof value === 'number').length;

/** What electron-builder needs of an Electron folder, without Electron. */
async function makeElectron(folder: string): Promise<void> {
  const app = join(folder, 'app');
  await mkdir(app, { recursive: true });
  await writeFile(join(app, 'main.js'), '');
  await mkdir(join(folder, 'dist/resources'), { recursive: true });
  await createPackage(app, join(folder, 'dist/resources/default_app.asar'));
  const wire = Buffer.from([1, FUSES, ...Array.from({ length: FUSES }, () => 0x31)]);
  await writeFile(
    join(folder, 'dist/electron'),
    Buffer.concat([Buffer.from(SENTINEL), wire, Buffer.alloc(64)]),
    { mode: 0o755 },
  );
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'chrome-sandbox'])
    await writeFile(join(folder, 'dist', name), '');
}

export interface PackedApp {
  /** The folder that people get. */
  readonly folder: string;
  /** Archive and unpacked files together, as the program sees them. */
  readonly app: string;
  /** Names in the archive, the unpacked ones too, with slashes and without a leading one. */
  readonly names: readonly string[];
}

/** Packs for this system into `work` with the given config, built before. */
export async function packApp(config: Configuration, work: string): Promise<PackedApp> {
  await makeElectron(join(work, 'electron'));
  await build({
    projectDir: root,
    publish: 'never',
    targets: Platform.current().createTarget('dir'),
    config: {
      ...config,
      electronDist: join(work, 'electron/dist'),
      directories: { ...config.directories, output: join(work, 'release') },
    },
  });
  const folder = join(work, 'release/linux-unpacked');
  const archive = join(folder, 'resources/app.asar');
  const app = join(work, 'app');
  extractAll(archive, app);
  const names = listPackage(archive, { isPack: false }).map((name) =>
    name.replaceAll('\\', '/').slice(1),
  );
  return { folder, app, names };
}
