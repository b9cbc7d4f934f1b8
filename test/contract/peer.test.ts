// One suite of peer behaviour over every way to move bytes: memory, MessageChannel, child process, WebSocket.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Client } from '../../electron/api/wire/client.ts';
import { serve } from '../../electron/api/wire/peer.ts';
import { createClient } from '../../electron/api/wire/client.ts';
import { MAX_REQUESTS_IN_FLIGHT } from '../../electron/api/wire/limits.ts';
import type { Transport } from '../../electron/api/wire/transport.ts';
import { memoryPair, portTransport, socketTransport } from '../../electron/api/wire/transport.ts';
import type { ImageId } from '../../electron/api/types.ts';
import type { Settings } from '../../electron/api/settings.ts';
import { contractHandlers } from '../helpers/standIns/contractHandlers.ts';
import { processTransport } from '../helpers/drivers/processTransport.ts';

interface Connection {
  client: Client;
  raw: Transport;
  end(): void;
}

const serveOn = (transport: Transport) => {
  const peer = serve(
    transport,
    contractHandlers(() => peer),
    () => {},
  );
};

const transports: Record<string, () => Promise<Connection>> = {
  memory: async () => {
    const [near, far] = memoryPair();
    serveOn(far);
    return { client: createClient(near), raw: near, end: () => far.close('host ended') };
  },
  MessageChannel: async () => {
    const { port1, port2 } = new MessageChannel();
    const [near, far] = [port1, port2].map((port) => {
      const transport = portTransport(port);
      port.on('message', transport.receive);
      port.on('close', () => transport.closed('port closed'));
      return transport;
    }) as unknown as [Transport, Transport];
    serveOn(far);
    return { client: createClient(near), raw: near, end: () => port2.close() };
  },
  'child process': async () => {
    const child = fork(join(import.meta.dirname, '../helpers/children/echoChild.ts'), {
      serialization: 'advanced',
    });
    const near = processTransport(child);
    return { client: createClient(near), raw: near, end: () => child.kill('SIGKILL') };
  },
  WebSocket: async () => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
    server.on('connection', (socket) => {
      const far = socketTransport(socket);
      socket.on('message', (data) => far.receive(data));
      socket.on('close', () => far.closed('socket closed'));
      serveOn(far);
    });
    await new Promise((resolve) => server.once('listening', resolve));
    const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as { port: number }).port}`);
    const near = socketTransport(socket);
    socket.on('message', (data) => near.receive(data));
    socket.on('close', () => near.closed('socket closed'));
    await new Promise((resolve) => socket.once('open', resolve));
    return {
      client: createClient(near),
      raw: near,
      end: () => {
        for (const other of server.clients) other.terminate();
        server.close();
      },
    };
  },
};

describe.each(Object.keys(transports))('peer over %s', (name) => {
  let connection: Connection;
  const connect = async () =>
    (connection = await (transports[name] as () => Promise<Connection>)()).client;
  afterEach(() => connection.end());

  test('an answer comes back whole, typed arrays included', async () => {
    const client = await connect();
    const input = {
      protocol: 1,
      clientId: 'a',
      lastRevision: null,
      mask: new Uint32Array([3, 4, 5]),
    };
    expect(await client.request('session.hello', input)).toEqual({ echoed: input });
  });

  test('a failure keeps its code, text and data; an unknown throw keeps its secrets', async () => {
    const client = await connect();
    await expect(client.request('project.summary', {})).rejects.toMatchObject({
      code: 'PROJECT_NOT_OPEN',
      message: 'No project is open.',
      data: { hint: 'open one' },
    });
    await expect(client.request('project.close', {})).rejects.toMatchObject({ code: 'INTERNAL' });
    await expect(client.request('project.close', {})).rejects.not.toThrow(/secret/);
  });

  test('a method that does not exist is named', async () => {
    const client = await connect();
    await expect(client.request('toString' as never, {} as never)).rejects.toMatchObject({
      code: 'UNKNOWN_METHOD',
    });
  });

  test('more questions at once than are answered at once are refused, and room comes back', async () => {
    const client = await connect();
    const input = {
      imageId: 1 as ImageId,
      classes: [],
      params: { preset: 'default' as const, overrides: {} },
      commit: false,
    };
    const controller = new AbortController();
    const { signal } = controller;
    const waiting = Array.from({ length: MAX_REQUESTS_IN_FLIGHT }, () =>
      client.request('prelabel.run', input, { signal }).catch((error: unknown) => error),
    );
    await expect(client.request('project.summary', {})).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
    });
    controller.abort();
    await Promise.all(waiting);
    await expect
      .poll(() => client.request('session.hello', {} as never).then(() => 'answered', String))
      .toBe('answered');
  });

  test('progress arrives in order before the answer', async () => {
    const client = await connect();
    const seen: unknown[] = [];
    const input = { cursor: 0, limit: 1, filter: {}, order: 'name' as const };
    await client.request('image.list', input, { onProgress: (event) => seen.push(event) });
    expect(seen).toEqual([1, 2, 3].map((done) => ({ stage: 'scan', done, total: 3 })));
  });

  test('cancel settles the caller at once with its own reason and aborts the handler once', async () => {
    const client = await connect();
    const controller = new AbortController();
    const input = {
      imageId: 1 as ImageId,
      classes: [],
      params: { preset: 'default' as const, overrides: {} },
      commit: false,
    };
    const run = client.request('prelabel.run', input, { signal: controller.signal });
    const reason = new Error('the person pressed Stop');
    controller.abort(reason);
    await expect(run).rejects.toBe(reason);
    const history = { imageId: null, limit: 1 };
    await expect
      .poll(async () => (await client.request('doc.history', history)) as unknown)
      .toEqual({ aborted: 1 });
  });

  test('ordered events all arrive in order, latest events may skip but end with the last', async () => {
    const client = await connect();
    const codes: string[] = [];
    const scanned: number[] = [];
    client.subscribe('notice', (event) => codes.push(event.code));
    client.subscribe('project.changed', (event) => scanned.push(event.scanned));
    await client.request('settings.get', {});
    await expect.poll(() => scanned.at(-1)).toBe(50);
    expect(codes).toEqual(Array.from({ length: 50 }, (_, n) => String(n + 1)));
    expect(scanned.length).toBeLessThan(50);
  });

  test('nothing arrives after unsubscribing', async () => {
    const client = await connect();
    const codes: string[] = [];
    client.subscribe('notice', (event) => codes.push(event.code))();
    await client.request('settings.get', {} as Partial<Settings> & Record<string, never>);
    await wait(50);
    expect(codes).toEqual([]);
  });

  test('when the host ends, open requests fail instead of hanging', async () => {
    const client = await connect();
    await client.request('session.hello', { protocol: 1, clientId: 'a', lastRevision: null });
    const input = {
      imageId: 1 as ImageId,
      classes: [],
      params: { preset: 'default' as const, overrides: {} },
      commit: false,
    };
    const run = client.request('prelabel.run', input);
    connection.end();
    await expect(run).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
    await expect(client.request('settings.get', {})).rejects.toMatchObject({
      code: 'CONNECTION_CLOSED',
    });
  });

  test('a malformed frame ends this connection only', async () => {
    const client = await connect();
    const closed = new Promise((resolve) => client.onClose(resolve));
    connection.raw.send(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]));
    await closed;
  });
});
