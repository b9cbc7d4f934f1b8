#!/usr/bin/env node
// Starts the command line on Node 24: this one when it is new enough, else the one among the dependencies.
import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const cli = join(here, '../../electron/hosts/cli.ts');
const major = Number(process.versions.node.split('.')[0]);
const node =
  major >= 24
    ? process.execPath
    : join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin/node');
// Compiles the CRF when its sources are newer; next to nothing otherwise.
spawnSync(node, [join(here, '../wasm.ts')], { stdio: 'inherit' });
const child = spawn(node, [cli, ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl-C reaches the child by itself; it keeps what is finished before it ends.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('error', (error) => {
  console.error(`Node 24 could not be started: ${error.message}. Run "npm ci" in the checkout.`);
  process.exit(3);
});
child.on('exit', (status, signal) => process.exit(signal ? 130 : (status ?? 3)));
