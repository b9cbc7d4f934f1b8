// Which access token goes to which hub: one typed in this run, HF_TOKEN, one that was kept for that
// host, or the one that the hub's own tools keep. A token goes to the hub it was meant for and to no
// other: a mirror chosen in the settings gets only a token that was entered for it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TokenState } from '../../api/model.ts';
import {
  hubEndpoint,
  mayCarryToken,
  PUBLIC_HUB,
  requireToken,
} from '../../../models/packs/download/hub/network.ts';
import type { SecretStore } from './secretStore.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface HubTokens {
  /** The token for requests to `endpoint`, or null. */
  find(endpoint: string): Promise<string | null>;
  /** What the page may know: where a token comes from, never the token. */
  state(endpoint: string): Promise<TokenState>;
  /** Keeps a token for the host of `endpoint`; throws ModelError for what is none. */
  keep(endpoint: string, token: string): Promise<void>;
  forget(endpoint: string): Promise<void>;
}

export interface TokenSources {
  readonly store: SecretStore;
  readonly env: Environment;
  /** The person's home folder. */
  readonly home: string;
}

export function createHubTokens({ store, env, home }: TokenSources): HubTokens {
  /** Entered since the program started, by host, and whether the store took it. */
  const typed = new Map<string, { readonly token: string; readonly kept: boolean }>();

  const search = async (
    endpoint: string,
  ): Promise<{ token: string; source: NonNullable<TokenState['source']> } | null> => {
    const host = new URL(endpoint).host;
    const fresh = typed.get(host);
    if (fresh) return { token: fresh.token, source: fresh.kept ? 'store' : 'memory' };
    // Never sent in the open, and no reason to refuse a mirror that needs none.
    if (!mayCarryToken(endpoint)) return null;
    const own = endpoint === PUBLIC_HUB || endpoint === hubEndpoint(env);
    const given = env['HF_TOKEN'] || env['HUGGING_FACE_HUB_TOKEN'];
    if (own && given) return { token: given.trim(), source: 'environment' };
    const kept = await store.get(host);
    if (kept !== null) return { token: kept, source: 'store' };
    const tools = own ? await readFile(toolsFile(env, home), 'utf8').catch(() => '') : '';
    return tools.trim() === '' ? null : { token: tools.trim(), source: 'hubTools' };
  };

  return {
    find: async (endpoint) => (await search(endpoint))?.token ?? null,
    async state(endpoint) {
      const [found, lasts] = await Promise.all([search(endpoint), store.lasts()]);
      return { source: found?.source ?? null, lasts };
    },
    async keep(endpoint, token) {
      requireToken(endpoint, token);
      const host = new URL(endpoint).host;
      typed.set(host, { token, kept: await store.set(host, token) });
    },
    async forget(endpoint) {
      const host = new URL(endpoint).host;
      typed.delete(host);
      await store.remove(host);
    },
  };
}

/** Where `hf auth login` and its kin write; read, never written. */
function toolsFile(env: Environment, home: string): string {
  if (env['HF_TOKEN_PATH']) return env['HF_TOKEN_PATH'];
  const cache = env['XDG_CACHE_HOME'] || join(home, '.cache');
  return join(env['HF_HOME'] || join(cache, 'huggingface'), 'token');
}
