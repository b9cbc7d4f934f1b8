#!/usr/bin/env node
// Starts the command line on Node 24: this one when it is new enough, else the one among the dependencies.
import { spawnSync } from 'node:child_process';
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
const { status, signal } = spawnSync(node, [cli, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(signal ? 130 : (status ?? 3));
