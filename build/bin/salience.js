#!/usr/bin/env node
// The command line as a program of its own, from any folder.
import { launch, runFirst } from './launch.js';

// Compiles the CRF when its sources are newer; next to nothing otherwise.
runFirst('build/wasm.ts');
const args = process.argv.slice(2);
// What `serve` shows; a question for help needs none of it.
if (args[0] === 'serve' && !args.some((word) => word === '--help' || word === '-h'))
  runFirst('build/bundle/page.ts');
launch('electron/hosts/cli.ts', args);
