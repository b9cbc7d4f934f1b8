import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { handle, trustContents } from '../../../../electron/main/ipc.ts';
import { registeredCalls } from '../../../helpers/standIns/electronMock.ts';

const eventFrom = (id: number, url: string, nested = false) => {
  const frame: { url: string; top: unknown } = { url, top: null };
  frame.top = nested ? {} : frame;
  return { sender: { id }, senderFrame: frame };
};

type Call = (event: unknown, ...args: unknown[]) => Promise<unknown>;

describe('calls from the page', () => {
  const contents = Object.assign(new EventEmitter(), { id: 501 });
  trustContents(contents);
  handle('double', (_event, value) => Number(value) * 2);
  handle('broken', () => {
    throw new Error('no disk');
  });
  const call = (channel: string, ...args: unknown[]) =>
    (registeredCalls.get(channel) as unknown as Call)(...(args as [unknown]));

  test('our own page gets its answer as data', async () => {
    expect(await call('double', eventFrom(501, 'app://bundle/index.html'), 21)).toEqual({
      ok: true,
      data: 42,
    });
  });

  test('a failure is data too, since a rejected invoke keeps only a text', async () => {
    expect(await call('broken', eventFrom(501, 'app://bundle/index.html'))).toEqual({
      ok: false,
      error: 'no disk',
    });
  });

  test.each([
    ['another page', eventFrom(501, 'https://evil.example/')],
    ['a nested frame', eventFrom(501, 'app://bundle/index.html', true)],
    ['unknown contents', eventFrom(502, 'app://bundle/index.html')],
    ['a frame that is gone', { sender: { id: 501 }, senderFrame: null }],
  ])('%s is refused', async (_, event) => {
    expect(await call('double', event, 1)).toMatchObject({ ok: false });
  });

  test('a closed window is no longer trusted', async () => {
    contents.emit('destroyed');
    expect(await call('double', eventFrom(501, 'app://bundle/index.html'), 1)).toMatchObject({
      ok: false,
    });
  });
});
