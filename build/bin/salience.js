#!/usr/bin/env node
// The command line as a program of its own, from any folder.
import { launch } from './launch.js';

launch('build/salience.ts', process.argv.slice(2));
