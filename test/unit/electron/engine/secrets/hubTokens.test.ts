// Which token goes where: typed, from the environment, kept, or the hub's own tools', and never to a
// hub that it was not meant for.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHubTokens } from '../../../../../electron/engine/secrets/hubTokens.ts';
import {
  memorySecrets,
  type SecretStore,
} from '../../../../../electron/engine/secrets/secretStore.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

const HUB = 'https://huggingface.co';
const MIRROR = 'https://mirror.example';

/** A store that lasts, as a keyring does. */
function lastingStore(): SecretStore {
  const inner = memorySecrets();
  return {
    ...inner,
    lasts: async () => true,
    set: async (name, secret) => (await inner.set(name, secret), true),
  };
}

const tokens = (env: Record<string, string> = {}, store = lastingStore(), home = '/nowhere') =>
  createHubTokens({ store, env, home });

describe('access tokens', () => {
  it('a kept token is found again by the next program, for its host only', async () => {
    const store = lastingStore();
    await tokens({}, store).keep(HUB, 'hf_a');
    const next = tokens({}, store);
    expect(await next.find(HUB)).toBe('hf_a');
    expect(await next.state(HUB)).toEqual({ source: 'store', lasts: true });
    expect(await next.find(MIRROR)).toBeNull();
    await next.forget(HUB);
    expect(await next.state(HUB)).toEqual({ source: null, lasts: true });
  });

  it('what the store does not take is held until the program ends', async () => {
    const held = tokens({}, memorySecrets());
    await held.keep(HUB, 'hf_a');
    expect(await held.state(HUB)).toEqual({ source: 'memory', lasts: false });
    expect(await held.find(HUB)).toBe('hf_a');
  });

  it('HF_TOKEN goes before a kept one, and one typed now before both', async () => {
    const store = lastingStore();
    await tokens({}, store).keep(HUB, 'hf_old');
    const now = tokens({ HF_TOKEN: 'hf_env' }, store);
    expect(await now.find(HUB)).toBe('hf_env');
    expect((await now.state(HUB)).source).toBe('environment');
    await now.keep(HUB, 'hf_typed');
    expect(await now.find(HUB)).toBe('hf_typed');
  });

  it('HF_TOKEN goes to the hub of its environment, not to a mirror from the settings', async () => {
    expect(await tokens({ HF_TOKEN: 'hf_env' }).find(MIRROR)).toBeNull();
    const own = { HF_TOKEN: 'hf_env', HF_ENDPOINT: MIRROR };
    expect(await tokens(own).find(MIRROR)).toBe('hf_env');
  });

  it('a mirror in the open gets no token that was not typed for it, and takes none', async () => {
    const open = 'http://10.0.0.5:8080';
    const own = tokens({ HF_TOKEN: 'hf_env', HF_ENDPOINT: open });
    expect(await own.find(open)).toBeNull();
    await expect(own.keep(open, 'hf_typed')).rejects.toThrow(/https/);
  });

  it("the file of the hub's own tools is read, in all places where it may lie", async () => {
    await using folder = await temporaryFolder();
    const place = join(folder.path, '.cache', 'huggingface');
    await mkdir(place, { recursive: true });
    await writeFile(join(place, 'token'), 'hf_file\n');
    expect(await tokens({}, lastingStore(), folder.path).find(HUB)).toBe('hf_file');
    expect(await tokens({ HF_HOME: place }).find(HUB)).toBe('hf_file');
    expect(await tokens({ HF_TOKEN_PATH: join(place, 'token') }).find(HUB)).toBe('hf_file');
    const state = await tokens({ XDG_CACHE_HOME: join(folder.path, '.cache') }).state(HUB);
    expect(state.source).toBe('hubTools');
    expect(JSON.stringify(state)).not.toContain('hf_file');
  });

  it('a text that is no token is refused without being repeated', async () => {
    const refused = await tokens().keep(HUB, 'two words').catch(String);
    expect(refused).toContain('without spaces');
    expect(refused).not.toContain('two words');
  });
});
