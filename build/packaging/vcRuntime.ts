// Microsoft's C++ runtime beside onnxruntime on Windows. A clean Windows has none and Electron brings none:
// onnxruntime then does not load, and says that "the specified module could not be found".
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment, Target } from './contents.ts';

/** What onnxruntime.dll and its binding import. */
export const VC_LIBRARIES = [
  'msvcp140.dll',
  'msvcp140_1.dll',
  'msvcp140_atomic_wait.dll',
  'vcruntime140.dll',
  'vcruntime140_1.dll',
];

/** Folder of redistributable libraries (`VC\Redist\MSVC\<version>`), as a developer's prompt or the installer knows it. */
function redistFolder(env: Environment): string {
  if (env['VCToolsRedistDir']) return env['VCToolsRedistDir'];
  const program = env['ProgramFiles(x86)'] ?? 'C:\\Program Files (x86)';
  const vswhere = join(program, 'Microsoft Visual Studio', 'Installer', 'vswhere.exe');
  if (!existsSync(vswhere)) throw missing(`there is no Visual Studio (${vswhere} was not found)`);
  const studio = execFileSync(
    vswhere,
    ['-latest', '-products', '*', '-property', 'installationPath'],
    { encoding: 'utf8' },
  ).trim();
  const versions = join(studio, 'VC', 'Redist', 'MSVC');
  const newest = (existsSync(versions) ? readdirSync(versions) : [])
    .filter((name) => /^\d+\.\d+/.test(name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .at(-1);
  if (newest === undefined) throw missing(`${versions} holds no version`);
  return join(versions, newest);
}

const missing = (found: string) =>
  new Error(
    `A Windows package needs Microsoft's C++ runtime, but ${found}. Install Visual Studio's C++ tools, or set VCToolsRedistDir to their folder of redistributables.`,
  );

/** Copies the runtime beside the onnxruntime that was packed into `appFolder`. */
export function addVcRuntime(appFolder: string, { arch }: Target, env: Environment): void {
  const redist = join(redistFolder(env), arch);
  const runtime = existsSync(redist)
    ? readdirSync(redist).find((name) => /^Microsoft\.VC\d+\.CRT$/i.test(name))
    : undefined;
  if (runtime === undefined) throw missing(`${redist} holds no folder Microsoft.VC….CRT`);
  const from = join(redist, runtime);
  const names = readdirSync(from);
  const target = join(
    appFolder,
    'resources/app.asar.unpacked/node_modules/onnxruntime-node/bin/napi-v6/win32',
    arch,
  );
  if (!existsSync(target)) throw new Error(`The package holds no onnxruntime at ${target}.`);
  for (const library of VC_LIBRARIES) {
    const name = names.find((candidate) => candidate.toLowerCase() === library);
    if (name === undefined) throw missing(`${from} holds no ${library}`);
    cpSync(join(from, name), join(target, library));
  }
}
