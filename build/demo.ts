// The README's first command: pre-labels the sample images with the built-in model and says where the results are.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureWasm } from './wasm.ts';

const root = join(import.meta.dirname, '..');
const samples = join(root, 'models/demo/samples');
// An earlier result may have been opened and corrected since: each call gets a folder of its own.
let name = 'out/demo';
for (let n = 2; existsSync(join(root, name)); n += 1) name = `out/demo-${n}`;
const out = join(root, name);

await ensureWasm();
// Ctrl-C reaches the command by itself, which keeps what is finished and says so.
process.on('SIGINT', () => undefined);
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
    `\nLook at the pictures in ${name}/overlays, or open the samples in the window: npm start`,
  );
process.exit(status ?? 3);
