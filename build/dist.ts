// Makes installers for this system: build, guards, electron-builder, then the fuses read back and checksums.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, Platform } from 'electron-builder';
import { buildAll } from './build.ts';
import { electronBinary, packagedProgram } from './system/electronBinary.ts';
import { writeChecksums } from './packaging/checksums.ts';
import { packageConfig } from './packaging/config.ts';
import { fuseFaults } from './packaging/fuses.ts';

const root = join(import.meta.dirname, '..');

/** A workflow passes a secret that it does not have as an empty variable, which signing takes for a file. */
const SIGNING = [
  'CSC_LINK',
  'CSC_NAME',
  'CSC_KEY_PASSWORD',
  'WIN_CSC_LINK',
  'WIN_CSC_KEY_PASSWORD',
  'APPLE_ID',
  'APPLE_APP_SPECIFIC_PASSWORD',
  'APPLE_TEAM_ID',
];

const stop = (...lines: string[]): never => {
  for (const line of lines) console.error(line);
  process.exit(3);
};

const binary = electronBinary();
if (binary.kind === 'missing' && !process.env['SALIENCE_ALLOW_DOWNLOAD'])
  stop(
    `No Electron binary: ${binary.reason}`,
    'Set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron, or SALIENCE_ALLOW_DOWNLOAD=1 to let electron-builder fetch one.',
  );
for (const name of SIGNING) if (process.env[name] === '') delete process.env[name];

const config = packageConfig({ platform: process.platform, arch: process.arch }, process.env);
await buildAll();
const files = await build({
  projectDir: root,
  config,
  publish: 'never',
  // What has an open inspector is for tests: no installer of it can be taken for the real one.
  ...(process.env['SALIENCE_TEST_PACKAGE'] === '1'
    ? { targets: Platform.current().createTarget('dir') }
    : {}),
});
const program = packagedProgram(root);
if (program.kind === 'missing') stop(program.reason);
else {
  const faults = await fuseFaults(program.path, config.electronFuses!);
  if (faults.length > 0) stop(...faults);
}
const lost = files.filter((file) => !existsSync(file));
if (lost.length > 0) stop(...lost.map((file) => `${file} was to be made, but is not there.`));
const installers = files.filter((file) => !/\.(blockmap|yml)$/.test(file));
for (const file of installers) console.log(`made ${file}`);
const system = `${process.platform}-${process.arch}`;
if (installers.length > 0)
  console.log(`made ${await writeChecksums(join(root, 'release'), installers, system)}`);
