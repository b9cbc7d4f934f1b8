// The one way to load sharp, when the first image is decoded. Electron on Linux links the system's GLib, and
// the native build brings another one whose calls end up in the first: hundreds of messages per image, and with
// GLib 2.80 and newer the end of the process. The WebAssembly build is used there.
import { registerHooks } from 'node:module';
import type sharpModule from 'sharp';

const NATIVE = /^@img\/sharp-(linux|linuxmusl)-/;

let loading: Promise<typeof sharpModule> | undefined;

/** Sharp; loaded once per thread. */
export function loadSharp(): Promise<typeof sharpModule> {
  loading ??= load();
  return loading;
}

async function load(): Promise<typeof sharpModule> {
  if (process.platform !== 'linux' || process.versions['electron'] === undefined)
    return (await import('sharp')).default;
  // Sharp looks for its builds in turn: where the native one is not found, it goes on to WebAssembly.
  const hooks = registerHooks({
    resolve: (specifier, context, next) => {
      if (!NATIVE.test(specifier)) return next(specifier, context);
      throw Object.assign(new Error(`${specifier} shares GLib with Electron and is left out`), {
        code: 'MODULE_NOT_FOUND',
      });
    },
  });
  try {
    return (await import('sharp')).default;
  } finally {
    hooks.deregister();
  }
}
