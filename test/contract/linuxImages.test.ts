// Images inside Electron on Linux, whose executable brings the system's GLib: the decoder must not share it.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { noGobject, systemGobject } from '../helpers/drivers/systemGobject.ts';

const root = join(import.meta.dirname, '../..');
const SAMPLES = join(root, 'models/demo/samples');

if (systemGobject === undefined)
  console.warn(`SKIPPED: images beside the system's GLib; ${noGobject}.`);

interface Decoded {
  readonly builds: readonly string[];
  readonly pixels: Readonly<Record<string, string>>;
  readonly complaints: string;
}

function decodeSamples(as: 'electron' | 'node', preload: string): Decoded {
  const child = spawnSync(
    process.execPath,
    [join(root, 'test/helpers/children/decodeChild.ts'), as, SAMPLES],
    { encoding: 'utf8', env: { ...process.env, LD_PRELOAD: preload } },
  );
  if (child.status !== 0) throw new Error(`exit ${child.status}: ${child.stderr.slice(-2000)}`);
  return { ...(JSON.parse(child.stdout) as Omit<Decoded, 'complaints'>), complaints: child.stderr };
}

describe("images beside the system's GLib", () => {
  let electron: Decoded;
  let node: Decoded;

  beforeAll(() => {
    if (systemGobject === undefined) return;
    electron = decodeSamples('electron', systemGobject);
    node = decodeSamples('node', '');
  });

  test('a process of Electron decodes and writes without a word from GLib', ({ skip }) => {
    skip(systemGobject === undefined, noGobject);
    expect(electron.complaints).not.toMatch(/CRITICAL|GLib/);
    expect(electron.builds).toEqual(['sharp-wasm32']);
  });

  test('its pixels are those of the native build, which everybody else uses', ({ skip }) => {
    skip(systemGobject === undefined, noGobject);
    expect(node.builds).toContain(`sharp-linux-${process.arch}`);
    expect(node.builds).not.toContain('sharp-wasm32');
    const images = readdirSync(SAMPLES).filter((name) => name.endsWith('.jpg'));
    expect(Object.keys(electron.pixels)).toHaveLength(images.length + 4);
    expect(electron.pixels).toEqual(node.pixels);
  });
});
