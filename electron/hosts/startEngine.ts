// One engine for a plain Node host (command line, browser host): its folders, its inference process.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { CallContext } from '../api/wire/peer.ts';
import type { Input, MethodName, Output, ProgressOf } from '../api/methods.ts';
import { useProxyOf } from '../../models/packs/download/hub/network.ts';
import { installedPacksFolder, SOURCE_DEMO_PACK } from '../../models/packs/places.ts';
import type { Engine } from '../engine/engine.ts';
import { createEngine } from '../engine/engine.ts';
import { ownRuntimeIn } from '../engine/devices/cuda/wanted.ts';
import { childProcessSpawner } from '../engine/inferenceLink/child.ts';
import { createInferenceHost } from '../engine/inferenceLink/host.ts';
import { keyringSecrets } from '../engine/secrets/keyring.ts';
import type { SecretStore } from '../engine/secrets/secretStore.ts';
import { requireHome, userDataFolder } from './home.ts';

const INFERENCE_ENTRY = fileURLToPath(new URL('../inference/entry.ts', import.meta.url));
export const SAMPLE_FOLDER = fileURLToPath(new URL('../../models/demo/samples', import.meta.url));

export const packPlaces = () => ({
  builtIn: [SOURCE_DEMO_PACK],
  installed: installedPacksFolder({
    env: process.env,
    platform: process.platform,
    home: homedir(),
  }),
});

export interface StartOptions {
  readonly kind: 'browser' | 'commandLine';
  readonly log: (line: string) => void;
  /** Where browsing starts; the home folder when empty. */
  readonly roots?: readonly string[];
  /** The system's keyring unless given. */
  readonly secrets?: SecretStore;
  /** Where the inference process begins, unless at its own entry. */
  readonly inferenceEntry?: string;
}

/** Opens an engine with its own inference process, which starts with the first request. */
export async function startEngine(options: StartOptions): Promise<Engine> {
  const { log } = options;
  await requireHome(userDataFolder());
  useProxyOf(process.env);
  const ownRuntime = ownRuntimeIn(userDataFolder());
  const spawn = childProcessSpawner(options.inferenceEntry ?? INFERENCE_ENTRY, { log, ownRuntime });
  return createEngine({
    userDataFolder: userDataFolder(),
    inference: createInferenceHost({ spawn, log }),
    secrets: options.secrets ?? keyringSecrets(process.platform),
    host: {
      kind: options.kind,
      nativeDialogs: false,
      mediaBase: '/media/',
      roots: options.roots ?? [],
      sampleFolder: existsSync(SAMPLE_FOLDER) ? SAMPLE_FOLDER : null,
      packs: packPlaces(),
    },
    log,
  });
}

/** Calls an engine method in this process, typed by the method map. */
export async function callEngine<M extends MethodName>(
  engine: Engine,
  method: M,
  input: Input<M>,
  options: { signal?: AbortSignal; onProgress?: (event: ProgressOf<M>) => void } = {},
): Promise<Output<M>> {
  const handler = engine.handlers.get(method);
  if (!handler) throw new Error(`The engine has no method ${method}.`);
  const context: CallContext = {
    signal: options.signal ?? new AbortController().signal,
    clientId: 'command line',
    progress: (event) => options.onProgress?.(event as ProgressOf<M>),
  };
  return (await handler(input, context)) as Output<M>;
}
