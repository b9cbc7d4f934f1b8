// Starts what a person starts, and prints as JSON what was loaded for it: `browser`, npm start's own scripts and the
// host's engine; `desktop`, the engine's entry, which ends at once where no window started it.
import { registerHooks } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface LoadedAtStart {
  /** Of this project, from its root. */
  readonly files: readonly string[];
  readonly packages: readonly string[];
  /** Node's own fetch and WebSocket. */
  readonly webClient: boolean;
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const urls = new Set<string>();
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    urls.add(found.url);
    return found;
  },
});

process.on('exit', () => {
  const files = [...urls]
    .filter((url) => url.startsWith('file:'))
    .map((url) => relative(ROOT, fileURLToPath(url)).replaceAll('\\', '/'));
  const loaded: LoadedAtStart = {
    files: files.filter((file) => !file.startsWith('node_modules/')),
    packages: [
      ...new Set(
        files.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []),
      ),
    ].sort(),
    webClient: (process as unknown as { moduleLoadList: string[] }).moduleLoadList.some((name) =>
      name.includes('undici'),
    ),
  };
  process.stdout.write(JSON.stringify(loaded));
});

if (process.argv[2] === 'desktop') await import('../../../electron/engine/entry.ts');
else {
  await import('../../../build/build.ts');
  await import('../../../build/salience.ts');
  await import('../../../electron/hosts/cli/serve.ts');
  const { callEngine, startEngine } = await import('../../../electron/hosts/startEngine.ts');
  const engine = await startEngine({ kind: 'browser', log: () => undefined });
  // What every window asks for at first.
  await callEngine(engine, 'model.list', {});
  await engine.close();
}
