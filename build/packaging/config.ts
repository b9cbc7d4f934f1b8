// How installers are made. A package is only ever made on its own system: patterns and signing follow the
// system and the environment that they are asked for.
import type { AfterPackContext, Configuration } from 'electron-builder';
import { packageFiles, UNPACKED, type Environment, type Target } from './contents.ts';
import { addVcRuntime } from './vcRuntime.ts';

/** Names that resolve nowhere (RFC 2606): a Linux package must name somebody, and the project names no person. */
const NOWHERE = 'https://salience.invalid';
const MAINTAINER = 'The Salience authors <authors@salience.invalid>';

/** Where the project is read and its releases lie, if it is built where that is known. */
export function homepage(env: Environment): string | null {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, SALIENCE_HOMEPAGE } = env;
  if (SALIENCE_HOMEPAGE) return SALIENCE_HOMEPAGE;
  return GITHUB_SERVER_URL && GITHUB_REPOSITORY
    ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`
    : null;
}

/** `SALIENCE_TEST_PACKAGE=1` keeps the inspector fuse on, which Playwright needs. */
const fuses = (env: Environment, adHoc: boolean): NonNullable<Configuration['electronFuses']> => ({
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: env['SALIENCE_TEST_PACKAGE'] === '1',
  onlyLoadAppFromAsar: true,
  enableEmbeddedAsarIntegrityValidation: true,
  grantFileProtocolExtraPrivileges: false,
  enableCookieEncryption: false,
  resetAdHocDarwinSignature: adHoc,
});

/** Libraries that Electron loads by name; the newest Debian and Ubuntu renamed two of them. */
const DEB_DEPENDS = [
  'libgtk-3-0t64 | libgtk-3-0',
  'libnotify4',
  'libnss3',
  'libxss1',
  'libxtst6',
  'xdg-utils',
  'libatspi2.0-0t64 | libatspi2.0-0',
  'libuuid1',
  'libsecret-1-0',
  'libasound2t64 | libasound2',
];
const RPM_DEPENDS = [
  'gtk3',
  'libnotify',
  'nss',
  'libXScrnSaver',
  '(libXtst or libXtst6)',
  'xdg-utils',
  'at-spi2-core',
  '(libuuid or libuuid1)',
  '(libsecret or libsecret-1-0)',
  '(alsa-lib or libasound2)',
];

const LINUX: Configuration = {
  linux: {
    target: ['AppImage', 'deb', 'rpm'],
    category: 'Graphics',
    icon: 'dist/icons',
    synopsis: 'Pre-label images for segmentation and see why',
    maintainer: MAINTAINER,
    vendor: 'The Salience authors',
    syncDesktopName: true,
  },
  deb: { depends: DEB_DEPENDS, recommends: [] },
  rpm: { depends: RPM_DEPENDS },
  // The first toolset starts programs with --no-sandbox and needs a libfuse2 that systems no longer bring.
  toolsets: { appimage: '1.0.3' },
};

/** Installed per person, without administrator rights: the files are then as writable as that person's others. */
const WINDOWS: Configuration = {
  win: { target: ['nsis'] },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
};

/**
 * Flipping fuses breaks the signature that Electron came with, and Apple silicon starts nothing that is not
 * signed: without a certificate the app is signed for itself. Its libraries then have no team in common with it,
 * which the hardened runtime would refuse. There is no Intel Mac: this onnxruntime brings no binary for it.
 */
const mac = (adHoc: boolean): Configuration => ({
  mac: {
    target: [
      { target: 'dmg', arch: ['arm64'] },
      { target: 'zip', arch: ['arm64'] },
    ],
    category: 'public.app-category.graphics-design',
    // onnxruntime is built for it.
    minimumSystemVersion: '14.0',
    hardenedRuntime: !adHoc,
    gatekeeperAssess: false,
    entitlements: 'build/resources/entitlements.mac.plist',
    entitlementsInherit: 'build/resources/entitlements.mac.plist',
    ...(adHoc ? { identity: '-', notarize: false } : {}),
  },
});

export function packageConfig(target: Target, env: Environment): Configuration {
  const adHoc = target.platform === 'darwin' && !env['CSC_LINK'] && !env['CSC_NAME'];
  const page = homepage(env);
  return {
    appId: 'org.salience.app',
    productName: 'Salience',
    copyright: 'Apache-2.0',
    artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
    directories: { output: 'release', buildResources: 'build/resources' },
    files: packageFiles(target),
    asar: true,
    asarUnpack: UNPACKED,
    extraResources: [{ from: 'dist/notices', to: 'licences' }],
    extraMetadata: {
      homepage: page ?? NOWHERE,
      // The name by which Linux desktops match windows to their launcher.
      desktopName: 'salience.desktop',
    },
    npmRebuild: false,
    electronFuses: fuses(env, adHoc),
    fileAssociations: [
      {
        ext: 'salience',
        name: 'Salience project',
        description: 'Salience project',
        // Without a type Linux makes no association.
        mimeType: 'application/x-salience',
        role: 'Editor',
      },
    ],
    ...LINUX,
    ...WINDOWS,
    ...mac(adHoc),
    afterPack: async (context: AfterPackContext) => {
      if (context.electronPlatformName === 'win32') addVcRuntime(context.appOutDir, target, env);
    },
    publish: null,
    ...(env['ELECTRON_OVERRIDE_DIST_PATH']
      ? { electronDist: env['ELECTRON_OVERRIDE_DIST_PATH'] }
      : {}),
  };
}
