// Pre-labelling on a copy of the program whose onnxruntime lacks its own library, as after a broken
// installation: the reason is told, not an inner error.
import { cp, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownRuntimeFolder } from '../../electron/api/wire/ownRuntime.ts';
import { ownRuntimeIn } from '../../electron/engine/devices/cuda/wanted.ts';
import { ensureWasm } from '../../build/wasm.ts';
import { runCli } from '../helpers/drivers/runCli.ts';
import { temporaryFolder } from '../helpers/drivers/temporaryFolder.ts';

const ROOT = join(import.meta.dirname, '../..');
const BINARIES = `bin/napi-v6/${process.platform}/${process.arch}`;

/** A checkout beside this one: the same files, onnxruntime copied, everything else linked. */
async function checkoutWithoutRuntime(folder: string): Promise<void> {
  for (const name of ['electron', 'models', 'package.json'])
    await cp(join(ROOT, name), join(folder, name), { recursive: true });
  const [from, to] = [ROOT, folder].map((base) => join(base, 'node_modules'));
  await mkdir(to!);
  for (const name of await readdir(from!))
    if (name !== 'onnxruntime-node' && !name.startsWith('.'))
      await symlink(join(from!, name), join(to!, name), 'junction');
  const runtime = 'onnxruntime-node';
  for (const part of ['package.json', 'dist', BINARIES])
    await cp(join(from!, runtime, part), join(to!, runtime, part), { recursive: true });
  for (const name of await readdir(join(to!, runtime, BINARIES)))
    if (/^(lib)?onnxruntime\.(so|dll|\d.*dylib|dylib)/.test(name))
      await rm(join(to!, runtime, BINARIES, name));
}

/** Pre-labels one sample with the program in `folder`/checkout and the home in `folder`/home. */
const prelabel = (folder: string) =>
  runCli(
    ['prelabel', join(ROOT, 'models/demo/samples/beach.jpg'), '--classes', 'sun', '--out'].concat(
      join(folder, 'coco.json'),
    ),
    { home: join(folder, 'home'), cli: join(folder, 'checkout/electron/hosts/cli.ts') },
  );

test('a runtime without its library is named, with the way out', async () => {
  await ensureWasm();
  await using temporary = await temporaryFolder();
  await checkoutWithoutRuntime(join(temporary.path, 'checkout'));
  const { code, stderr, stdout } = await prelabel(temporary.path);
  expect(code).not.toBe(0);
  const told = stderr + stdout;
  expect(told).toMatch(
    /The model runtime \(onnxruntime\) cannot start: .*onnxruntime.* is missing/,
  );
  expect(told).toContain('Install Salience again');
  expect(told).not.toContain('Something went wrong inside');
});

test("a copy of the runtime in the person's own folder is the one that is loaded", async () => {
  await ensureWasm();
  await using temporary = await temporaryFolder();
  await checkoutWithoutRuntime(join(temporary.path, 'checkout'));
  const runtime = join(ROOT, 'node_modules/onnxruntime-node');
  const { version } = JSON.parse(await readFile(join(runtime, 'package.json'), 'utf8')) as {
    version: string;
  };
  const own = ownRuntimeFolder(ownRuntimeIn(join(temporary.path, 'home')), version);
  await cp(join(runtime, BINARIES), own, { recursive: true });
  const { code, stdout, stderr } = await prelabel(temporary.path);
  expect([code, stderr]).toEqual([0, expect.not.stringContaining('cannot start')]);
  expect(stdout).toContain('1 image');
});
