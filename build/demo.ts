// The README's first command: pre-labels the sample images with the built-in model and says where the results are.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { asCommandLine } from './salience.ts';

const root = join(import.meta.dirname, '..');
const samples = join(root, 'models/demo/samples');
// An earlier result may have been opened and corrected since: each call gets a folder of its own.
let name = 'out/demo';
for (let n = 2; existsSync(join(root, name)); n += 1) name = `out/demo-${n}`;
const out = join(root, name);

process.chdir(root);
process.env['SALIENCE_HOME'] = join(out, 'home');
await asCommandLine([
  'prelabel',
  samples,
  ...['--image-labels', join(samples, 'labels.json')],
  ...['--out', join(out, 'coco.json'), '--overlays', join(out, 'overlays')],
  ...process.argv.slice(2),
]);
if (process.exitCode === 0)
  console.log(
    `\nLook at the pictures in ${name}/overlays, or open the samples in the window: npm start`,
  );
