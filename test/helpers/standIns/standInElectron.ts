// What electron-builder needs of an unpacked Electron, without Electron: names, property lists, and a program
// whose fuses can be flipped. It starts nothing.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createPackage } from '@electron/asar';
import { FuseV1Options } from '@electron/fuses';

export type PackedSystem = 'linux' | 'win32' | 'darwin';

/** Where fuses begin in a program, the version of the wire, its length, and every fuse on. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = Object.values(FuseV1Options).filter((value) => typeof value === 'number').length;
const PROGRAM = Buffer.concat([
  Buffer.from(SENTINEL),
  Buffer.from([1, FUSES, ...Array.from({ length: FUSES }, () => 0x31)]),
  Buffer.alloc(64),
]);

const CONTENTS = 'Electron.app/Contents';
const HELPER = `${CONTENTS}/Frameworks/Electron Helper.app/Contents`;
const propertyList = (name: string) =>
  `<?xml version="1.0"?><plist version="1.0"><dict><key>CFBundleExecutable</key><string>${name}</string></dict></plist>`;

/** Files of each system's Electron, and the folder that its own archive lies in. */
const FILES: Readonly<Record<PackedSystem, readonly (readonly [string, string | Buffer])[]>> = {
  linux: [
    ['electron', PROGRAM],
    ['chrome-sandbox', ''],
  ],
  win32: [['electron.exe', PROGRAM]],
  darwin: [
    [`${CONTENTS}/Info.plist`, propertyList('Electron')],
    [`${CONTENTS}/MacOS/Electron`, ''],
    [`${CONTENTS}/Frameworks/Electron Framework.framework/Electron Framework`, PROGRAM],
    [`${HELPER}/Info.plist`, propertyList('Electron Helper')],
    [`${HELPER}/MacOS/Electron Helper`, ''],
  ],
};

/** Makes the folder `dist` in `folder`. */
export async function makeElectron(folder: string, system: PackedSystem): Promise<void> {
  const dist = join(folder, 'dist');
  const put = async (name: string, content: string | Buffer) => {
    await mkdir(dirname(join(dist, name)), { recursive: true });
    await writeFile(join(dist, name), content, { mode: 0o755 });
  };
  for (const [name, content] of FILES[system]) await put(name, content);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version']) await put(name, '');
  const resources = join(dist, system === 'darwin' ? `${CONTENTS}/Resources` : 'resources');
  const app = join(folder, 'app');
  await mkdir(app, { recursive: true });
  await mkdir(resources, { recursive: true });
  await writeFile(join(app, 'main.js'), '');
  await createPackage(app, join(resources, 'default_app.asar'));
}
