// The notices that licences require, made with every build: of bundled code, of packages shipped as they are,
// of libraries inside them, of vocabularies, and of the drawings that the built-in model was trained on.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NEVER_LOADED } from './contents.ts';

const root = join(import.meta.dirname, '../..');
const TEXTS = join(root, 'build/resources/licences');

/** One package as Vite's licence list tells it. */
export interface Bundled {
  readonly name: string;
  readonly version: string;
  readonly identifier?: string;
  readonly text?: string;
}

/** Packages whose tarball has no licence file, with the text that belongs to them. */
const TEXT_OF: Readonly<Record<string, string>> = {
  'onnxruntime-node': 'onnxruntime.txt',
  'onnxruntime-common': 'onnxruntime.txt',
};

/** A package of the lock file that a program may load. */
interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
}

const licenceFile = (folder: string): string | undefined =>
  readdirSync(folder).find((name) => /^(licen[cs]e|copying|copyright)/i.test(name));

/** Installed packages that are no development tools, with their licence; one without a text fails. */
function shippedPackages(): Bundled[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  return Object.entries(lock.packages).flatMap(([path, { version = '', license, dev }]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const folder = join(root, path);
    // Of other systems' packages there is no folder; the native parts of sharp have a section of their own.
    if (path === '' || dev === true || !existsSync(folder)) return [];
    if (/^@img\/sharp-/.test(name) || NEVER_LOADED.includes(name)) return [];
    const own = licenceFile(folder);
    const file = own === undefined ? join(TEXTS, TEXT_OF[name] ?? '') : join(folder, own);
    if (own === undefined && TEXT_OF[name] === undefined)
      throw new Error(`${name} ${version} has no licence file: put its text into ${TEXTS}`);
    const text = readFileSync(file, 'utf8').trim();
    return [{ name, version, ...(license === undefined ? {} : { identifier: license }), text }];
  });
}

/** What sharp's binary is made of, from the package that lists it; the WebAssembly build is made of the same. */
function imageLibraries(): string {
  const folder = join(root, 'node_modules/@img');
  const readme = readdirSync(folder)
    .map((name) => join(folder, name, 'README.md'))
    .find((file) => /sharp-(libvips|win32)/.test(file) && existsSync(file));
  const [, table] = readme === undefined ? [] : readFileSync(readme, 'utf8').split('## Licensing');
  return `# Image decoding: sharp and libvips

sharp is licensed under the Apache License 2.0. It contains or loads libvips and the libraries below. libvips and
others are used under the GNU Lesser General Public License, version 3 or later: LGPL-3.0.txt and the GPL-3.0.txt
that it refers to lie beside this file. Their sources: https://github.com/libvips/libvips and
https://github.com/lovell/sharp-libvips. The library is a file of its own in this package and may be replaced by
another build of the same interface.

${table?.trim() ?? 'They are listed at https://github.com/lovell/sharp-libvips/blob/main/THIRD-PARTY-NOTICES.md'}
`;
}

const section = ({ name, version, identifier, text }: Bundled): string =>
  `## ${name} ${version}${identifier === undefined ? '' : ` (${identifier})`}\n\n${text ?? ''}\n`;

/** Lists of the builds together, each package once, by name. */
function merged(lists: readonly (readonly Bundled[])[]): Bundled[] {
  const byName = new Map(lists.flat().map((entry) => [`${entry.name} ${entry.version}`, entry]));
  const silent = [...byName.values()].filter(({ text, identifier }) => !text && !identifier);
  if (silent.length > 0)
    throw new Error(`No licence is known of ${silent.map(({ name }) => name).join(', ')}`);
  return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** Writes the folder of notices; `bundled` is what each build says that it contains. */
export function writeNotices(target: string, bundled: readonly (readonly Bundled[])[]): void {
  mkdirSync(target, { recursive: true });
  const text = `# Notices of third parties

Salience itself is licensed under the Apache License 2.0 (LICENSE). It contains the works below.
Electron and Chromium have notices of their own: LICENSE.electron.txt and LICENSES.chromium.html.

# Packages

${merged([...bundled, shippedPackages()])
  .map(section)
  .join('\n')}
onnxruntime contains further works: https://github.com/microsoft/onnxruntime/blob/main/ThirdPartyNotices.txt

${imageLibraries()}
# Vocabularies of models

${readFileSync(join(root, 'models/vocabularies/LICENSES.md'), 'utf8').trim()}

# Drawings of the built-in model and the sample images

${readFileSync(join(root, 'models/demo/train/LICENSES.md'), 'utf8').trim()}
`;
  writeFileSync(join(target, 'THIRD-PARTY-NOTICES.md'), text);
  cpSync(join(root, 'LICENSE'), join(target, 'LICENSE.txt'));
  for (const name of ['LGPL-3.0.txt', 'GPL-3.0.txt']) cpSync(join(TEXTS, name), join(target, name));
}
