// Loads onnxruntime when the first model asks for it. Where its libraries are missing, the first photograph is
// where people learn of it, so the message names the library and the way out.
import type * as onnxruntime from 'onnxruntime-node';
import { AppError } from '../../api/errors.ts';
import { OWN_RUNTIME } from '../../api/wire/ownRuntime.ts';
import { useOwnRuntime } from './ownRuntime.ts';

type Runtime = typeof onnxruntime;

let loading: Promise<Runtime> | null = null;

/** The runtime, loaded once; throws RUNTIME_MISSING each time when it cannot be loaded. */
export function loadRuntime(): Promise<Runtime> {
  loading ??= load().catch((cause: unknown) => {
    const raw = cause instanceof Error ? cause.message : String(cause);
    const message = whyNotLoaded(raw, process.platform, process.arch);
    throw new AppError('RUNTIME_MISSING', message, { cause, data: { raw } });
  });
  return loading;
}

async function load(): Promise<Runtime> {
  useOwnRuntime(process.env[OWN_RUNTIME]);
  return import('onnxruntime-node');
}

const AGAIN = 'Install Salience again (in a checkout: "npm ci")';

/** What is missing and what helps, from the words of the system's loader; `raw` is never shown. */
export function whyNotLoaded(raw: string, platform: NodeJS.Platform, arch: string): string {
  const cannot = 'The model runtime (onnxruntime) cannot start';
  // Node looks for the file by itself before any loader does.
  if (/Cannot find (module|package)/.test(raw))
    return `${cannot}: its files for ${platform} ${arch} are not here. ${AGAIN}; there is none for other systems than Linux, Windows and Macs with Apple silicon.`;
  const old = /version `((?:GLIBC|GLIBCXX|CXXABI)_[\d.]+)' not found/.exec(raw)?.[1];
  if (old !== undefined)
    return `${cannot}: it needs ${old.replace('_', ' ')}, and this system is older. A newer system has it.`;
  const library =
    /([\w.+-]+\.so[.\d]*): cannot open shared object file/.exec(raw)?.[1] ??
    /Library not loaded: (?:\S*\/)?([\w.+-]+\.dylib)/.exec(raw)?.[1];
  if (library !== undefined)
    return library.startsWith('libonnxruntime')
      ? `${cannot}: its library ${library} is missing. ${AGAIN}.`
      : `${cannot}: the library ${library} is missing. Install the package of your system that holds it.`;
  // The loader of Windows names the importing file, not the missing one, in the system's language.
  if (platform === 'win32')
    return `${cannot}: a library that it needs is missing, most likely the Visual C++ runtime (msvcp140.dll, vcruntime140.dll). Install "Microsoft Visual C++ Redistributable" for ${arch} from Microsoft, then start Salience again.`;
  return `${cannot} on this computer. The log has the system's own words.`;
}
