// How installers are made. Native modules stay outside the archive, and only this platform's
// onnxruntime travels. `SALIENCE_TEST_PACKAGE=1` keeps the inspector fuse on, which Playwright needs.
const testPackage = process.env.SALIENCE_TEST_PACKAGE === '1';

/** onnxruntime-node carries every platform: leave the others behind, by literal folder names. */
const ortFolders = {
  linux: { x64: 'linux/x64', arm64: 'linux/arm64' },
  darwin: { arm64: 'darwin/arm64' },
  win32: { x64: 'win32/x64', arm64: 'win32/arm64' },
};

/** Patterns that drop every onnxruntime binary but those of one operating system. */
export const withoutOtherSystems = (own) =>
  Object.keys(ortFolders)
    .filter((system) => system !== own)
    .map((system) => `!node_modules/onnxruntime-node/bin/napi-v6/${system}/**`);

/** @type {import('electron-builder').Configuration} */
const config = {
  appId: 'org.salience.app',
  productName: 'Salience',
  copyright: 'Apache-2.0',
  directories: { output: 'release', buildResources: 'build/resources' },
  files: [
    'dist/**',
    'package.json',
    'LICENSE',
    '!**/*.map',
    '!**/*.d.ts',
    '!node_modules/*/{test,tests,docs,example,examples}/**',
  ],
  extraMetadata: { main: 'dist/node/electron/main/main.js' },
  asar: true,
  // Bindings find their libraries beside themselves, so whole folders stay outside the archive;
  // workers, wasm and model files are opened by native code, which cannot look into it.
  asarUnpack: [
    'node_modules/onnxruntime-node/bin/**',
    'node_modules/better-sqlite3/prebuilds/**',
    'node_modules/@img/**',
    'dist/node/models/demo/**',
    'dist/node/**/*.wasm',
  ],
  npmRebuild: false,
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: testPackage,
    onlyLoadAppFromAsar: true,
    enableEmbeddedAsarIntegrityValidation: true,
    grantFileProtocolExtraPrivileges: false,
    enableCookieEncryption: false,
  },
  fileAssociations: [{ ext: 'salience', name: 'Salience project', role: 'Editor' }],
  linux: {
    target: ['AppImage', 'deb'],
    category: 'Graphics',
    synopsis: 'Pre-label images for segmentation and see why',
    files: withoutOtherSystems('linux'),
  },
  deb: { depends: ['libgtk-3-0', 'libnss3', 'libasound2'] },
  win: { target: ['nsis'], files: withoutOtherSystems('win32') },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  // No Intel Mac: this onnxruntime ships no binary for it.
  mac: {
    target: [{ target: 'dmg', arch: ['arm64'] }],
    category: 'public.app-category.graphics-design',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'build/resources/entitlements.mac.plist',
    entitlementsInherit: 'build/resources/entitlements.mac.plist',
    files: withoutOtherSystems('darwin'),
  },
  publish: null,
  ...(process.env.ELECTRON_OVERRIDE_DIST_PATH
    ? { electronDist: process.env.ELECTRON_OVERRIDE_DIST_PATH }
    : {}),
};

export default config;
