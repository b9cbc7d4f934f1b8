// Where requests go, and who gets to see the token.
import { describe, expect, it } from 'vitest';
import {
  authorisedFetch,
  hubEndpoint,
  type Fetch,
} from '../../../../../../models/packs/download/hub/network.ts';

describe('hubEndpoint', () => {
  it.each([
    [{}, '', 'https://huggingface.co'],
    [{ HF_ENDPOINT: 'https://mirror.example/hf/' }, '', 'https://mirror.example/hf'],
    [{ HF_ENDPOINT: 'https://mirror.example' }, 'http://10.0.0.5:8080', 'http://10.0.0.5:8080'],
  ])('of %j and setting %j is %s', (env, chosen, expected) => {
    expect(hubEndpoint(env, chosen)).toBe(expected);
  });

  it.each(['mirror.example', 'file:///etc', 'ftp://x', 'https://user:pw@x', 'https://x/?a=b'])(
    'refuses %j',
    (address) => {
      expect(() => hubEndpoint({ HF_ENDPOINT: address })).toThrow(
        expect.objectContaining({ code: 'DOWNLOAD_REFUSED' }),
      );
    },
  );
});

describe('authorisedFetch', () => {
  const spy = () => {
    const seen: (string | null)[] = [];
    const fetch: Fetch = (_input, init) => {
      seen.push(new Headers(init?.headers).get('authorization'));
      return Promise.resolve(new Response());
    };
    return { seen, fetch };
  };

  it('gives the token to the endpoint only', async () => {
    const { seen, fetch } = spy();
    const authorised = authorisedFetch(fetch, 'https://hub.example', 'hf_x');
    await authorised('https://hub.example/api', { headers: { Range: 'bytes=5-' } });
    await authorised('https://hub.example.evil/api');
    await authorised('http://hub.example/api');
    await authorised(new URL('https://hub.example/b'));
    expect(seen).toEqual(['Bearer hf_x', null, null, 'Bearer hf_x']);
  });

  it('refuses to send a token in the open or one that would break the header', () => {
    const { fetch } = spy();
    expect(() => authorisedFetch(fetch, 'http://mirror.example', 'hf_x')).toThrow(/https/);
    expect(() => authorisedFetch(fetch, 'https://hub.example', 'hf_x\r\nX: y')).toThrow(
      /without spaces/,
    );
    expect(authorisedFetch(fetch, 'http://mirror.example', null)).toBe(fetch);
  });
});
