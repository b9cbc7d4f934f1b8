// What the npm scripts call: `node build/bin/run.js build/start.ts [words]` runs that file on a Node that reads it.
import { launch } from './launch.js';

const [script, ...args] = process.argv.slice(2);
launch(script, args);
