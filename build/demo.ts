// The README's first command: pre-labels the sample images with the built-in model and says where the results are.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureWasm } from './wasm.ts';

const root = join(import.meta.dirname, '..');
const samples = join(root, 'models/demo/samples');
const out = join(root, 'out/demo');

await ensureWasm();
// Results of this command only; nobody keeps work here.
rmSync(out, { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'electron/hosts/cli.ts'),
    'prelabel',
    samples,
    ...['--image-labels', join(samples, 'labels.json')],
    ...['--out', join(out, 'coco.json'), '--overlays', join(out, 'overlays')],
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, SALIENCE_HOME: join(out, 'home') } },
);
if (status === 0)
  console.log(
    '\nLook at the pictures in out/demo/overlays, or open the samples in the window: npm start',
  );
process.exit(status ?? 3);
