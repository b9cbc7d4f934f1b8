// A process that downloads a pack and pulls its own plug at a chosen file operation.
// node downloadChild.ts ENDPOINT PACKS KILL_AT; KILL_AT 0 = never, then it prints the number of operations.
import { promises, type PathLike } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [endpoint = '', installed = '', killAt = '0'] = process.argv.slice(2);
let operations = 0;

function counted<A extends unknown[], R>(run: (...args: A) => R): (...args: A) => R {
  return function (this: unknown, ...args: A): R {
    operations += 1;
    if (operations === Number(killAt)) process.kill(process.pid, 'SIGKILL');
    return run.apply(this, args);
  };
}

const open = promises.open.bind(promises);
promises.open = counted(async (path: PathLike, flags?: string | number, mode?: number | string) => {
  const handle = await open(path, flags, mode);
  handle.sync = counted(handle.sync.bind(handle));
  handle.close = counted(handle.close.bind(handle));
  handle.truncate = counted(handle.truncate.bind(handle));
  return handle;
});
promises.rename = counted(promises.rename.bind(promises));
promises.link = counted(promises.link.bind(promises));
promises.writeFile = counted(promises.writeFile.bind(promises)) as typeof promises.writeFile;
promises.rm = counted(promises.rm.bind(promises));
syncBuiltinESMExports();

// After the patches, so that the code under test sees them.
const { downloadPack } = await import('../../../models/packs/download/download.ts');
await downloadPack(
  { id: 'tiny', repo: 'test/model', words: { name: 'Tiny' } },
  {
    endpoint,
    places: { builtIn: [], installed },
    write: counted(async (file, bytes: Uint8Array, position: number) => {
      await file.write(bytes, 0, bytes.length, position);
    }) as NonNullable<Parameters<typeof downloadPack>[1]['write']>,
  },
);
process.stdout.write(String(operations));
