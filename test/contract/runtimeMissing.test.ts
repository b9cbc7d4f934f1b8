// Pre-labelling on a copy of the program whose onnxruntime lacks its own library, as after a broken
// installation: the reason is told, not an inner error.
import { cp, rm, symlink } from 'node:fs/promises';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensureWasm } from '../../build/wasm.ts';
import { runCli } from '../helpers/runCli.ts';
import { temporaryFolder } from '../helpers/temporaryFolder.ts';

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

test('a runtime without its library is named, with the way out', async () => {
  await ensureWasm();
  await using temporary = await temporaryFolder();
  const checkout = join(temporary.path, 'checkout');
  await checkoutWithoutRuntime(checkout);
  const { code, stderr, stdout } = await runCli(
    ['prelabel', join(ROOT, 'models/demo/samples/beach.jpg'), '--classes', 'sun', '--out'].concat(
      join(temporary.path, 'coco.json'),
    ),
    { home: join(temporary.path, 'home'), cli: join(checkout, 'electron/hosts/cli.ts') },
  );
  expect(code).not.toBe(0);
  const told = stderr + stdout;
  expect(told).toMatch(
    /The model runtime \(onnxruntime\) cannot start: .*onnxruntime.* is missing/,
  );
  expect(told).toContain('Install Salience again');
  expect(told).not.toContain('Something went wrong inside');
});
