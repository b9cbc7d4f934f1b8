// The part of an engine that a browser host serves: a greeting, and one picture as a file.
import type { Handler } from '../../../electron/api/wire/peer.ts';
import type { ServedEngine } from '../../../electron/hosts/browser/server.ts';

/** `image/1` is the file at `picture`; `session.hello` is answered. */
export const createServedEngine = (picture: string): ServedEngine => ({
  handlers: new Map<string, Handler>([['session.hello', async () => ({ hello: true })]]),
  onEvent: () => () => {},
  media: async (path) =>
    path === 'image/1' ? { kind: 'file', path: picture, mime: 'image/png', etag: '"one"' } : null,
});
