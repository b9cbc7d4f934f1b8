// A copy of the runtime's native files in a folder of the person's own: an installed program lies where
// only an administrator may write, and onnxruntime looks for fetched providers beside its own library.
import { existsSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ownRuntimeFolder } from '../../api/wire/ownRuntime.ts';

const BINDING = 'onnxruntime_binding.node';

/** Lets the runtime load the copy below `root` that fits its version, where there is one. */
export function useOwnRuntime(root: string | undefined): void {
  if (!root) return;
  const require = createRequire(import.meta.url);
  const { version } = require('onnxruntime-node/package.json') as { version: string };
  const own = join(ownRuntimeFolder(root, version), BINDING);
  if (!existsSync(own)) return;
  const url = pathToFileURL(own).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier.endsWith(`/${BINDING}`) ? { url, shortCircuit: true } : next(specifier, context),
  });
}
