// Makes installers for this platform: build, guards, electron-builder, then a look at the fuses.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'electron-builder';
import { buildAll } from './build.ts';
import config from './electron-builder.mjs';
import { electronBinary } from './electronBinary.ts';

const root = join(import.meta.dirname, '..');

const binary = electronBinary();
if (binary.kind === 'missing' && !process.env['SALIENCE_ALLOW_DOWNLOAD']) {
  console.error(`No Electron binary: ${binary.reason}`);
  console.error(
    'Set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron, or SALIENCE_ALLOW_DOWNLOAD=1 to let electron-builder fetch one.',
  );
  process.exit(3);
}
await buildAll();
const files = await build({ projectDir: root, config, publish: 'never' });
for (const file of files) console.log(existsSync(file) ? `made ${file}` : `MISSING ${file}`);
