#!/usr/bin/env node
// The command line as a program of its own, from any folder.
import { launch, runFirst } from './launch.js';

// Compiles the CRF when its sources are newer; next to nothing otherwise.
runFirst('build/wasm.ts');
launch('electron/hosts/cli.ts', process.argv.slice(2));
