// What may come over the browser host's port without ending the host or leaving files open in it.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { encodeFrame } from '../../electron/api/wire/frame.ts';
import { temporaryFolder, type TemporaryFolder } from '../helpers/drivers/temporaryFolder.ts';

const onLinux = process.platform === 'linux';
const PICTURE_BYTES = 8 * 2 ** 20;

let folder: TemporaryFolder;
let child: ChildProcess;
let exitCode: number | string | null | undefined;
let printed = '';
let port = 0;
let cookie = '';
const picture = () => join(folder.path, 'picture.png');

beforeEach(async () => {
  folder = await temporaryFolder();
  const page = join(folder.path, 'page');
  mkdirSync(page);
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(picture(), new Uint8Array(PICTURE_BYTES));
  child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../helpers/children/hostChild.ts'), page, picture()],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  // Only now: the child of the test before may have ended meanwhile.
  [exitCode, printed] = [undefined, ''];
  const started = child;
  started.on('exit', (code, signal) => {
    if (child === started) exitCode = code ?? signal;
  });
  child.stderr?.on('data', (data: Buffer) => (printed += data.toString()));
  const link = await new Promise<URL>((resolve) =>
    child.stdout?.once('data', (data: Buffer) => resolve(new URL(data.toString().trim()))),
  );
  port = Number(link.port);
  const opened = await answerOf('/' + link.search);
  cookie = String(opened.headers['set-cookie']).split(';')[0] ?? '';
});
afterEach(async () => {
  child.kill();
  await folder[Symbol.asyncDispose]();
});

const answerOf = (path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]> }>(
    (resolve, reject) => {
      request(
        { host: '127.0.0.1', port, path, headers: { host: `127.0.0.1:${port}`, ...headers } },
        (response) => {
          response.resume();
          response.on('end', () =>
            resolve({ status: response.statusCode, headers: response.headers }),
          );
        },
      )
        .on('error', reject)
        .end();
    },
  );

const stillServes = async () => {
  expect(exitCode, printed).toBeUndefined();
  expect((await answerOf('/', { cookie })).status).toBe(200);
};

const opened = () =>
  new Promise<Socket>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', reject);
  });

const openRpc = () =>
  new Promise<WebSocket>((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, {
      headers: { origin: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, cookie },
    });
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });

/** Sends bytes on a connection of the window and resolves once the host has ended that one. */
async function sendAndEnd(bytes: Uint8Array): Promise<void> {
  const socket = await openRpc();
  socket.on('error', () => {});
  const ended = new Promise((resolve) => socket.once('close', resolve));
  socket.send(bytes);
  await ended;
}

/** A frame whose header is this text. */
function frameOf(header: string): Uint8Array {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(Math.ceil((4 + json.length) / 8) * 8);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 4);
  return bytes;
}

const openPictures = () =>
  readdirSync(`/proc/${child.pid}/fd`).filter((entry) => {
    try {
      return readlinkSync(`/proc/${child.pid}/fd/${entry}`) === picture();
    } catch {
      // Closed since the folder was read.
      return false;
    }
  }).length;

describe('the browser host lives on', () => {
  test('after 1000 refused upgrades that are reset before the refusal is read', async () => {
    const upgrade = `GET /rpc HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`;
    for (let round = 0; round < 50; round += 1)
      await Promise.all(
        Array.from({ length: 20 }, async () => {
          const socket = await opened();
          await new Promise<void>((resolve) => socket.write(upgrade, () => resolve()));
          socket.resetAndDestroy();
        }),
      );
    await sleep(200);
    await stillServes();
  });

  test('after frames whose refusal is longer in bytes than a close reason may be', async () => {
    const wide = '漢'.repeat(64);
    await sendAndEnd(encodeFrame({ kind: 'result', id: 1, name: wide, payload: null }));
    await sendAndEnd(frameOf(JSON.stringify({ v: wide, t: 'request', id: 1, m: '', seg: [] })));
    await sendAndEnd(frameOf('{"v":{"toString":1},"t":"request","id":1,"m":"","seg":[]}'));
    await stillServes();
  });

  test.skipIf(!onLinux)(
    'with no file open after 500 pictures that were asked for and given up (counted on Linux)',
    async () => {
      for (let round = 0; round < 50; round += 1)
        await Promise.all(
          Array.from({ length: 10 }, async (_, index) => {
            const socket = await opened();
            socket.write(
              `GET /media/image/1 HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncookie: ${cookie}\r\n\r\n`,
            );
            // Before, while and after the host opens the file.
            if (index % 3 === 1) await sleep(index);
            if (index % 3 === 2) await Promise.race([once(socket, 'data'), once(socket, 'close')]);
            socket.resetAndDestroy();
          }),
        );
      await expect.poll(openPictures).toBe(0);
      await stillServes();
    },
  );

  test.skipIf(!onLinux)(
    'with no file open after requests that were sent one behind the other and dropped (counted on Linux)',
    async () => {
      const one = `GET /media/image/1 HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncookie: ${cookie}\r\n\r\n`;
      for (let round = 0; round < 10; round += 1) {
        const socket = await opened();
        socket.write(one.repeat(20));
        await Promise.race([once(socket, 'data'), once(socket, 'close')]);
        await sleep(20);
        socket.resetAndDestroy();
      }
      await expect.poll(openPictures).toBe(0);
      await stillServes();
    },
  );
});
