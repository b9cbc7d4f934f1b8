// Connections of windows: an upgrade that is refused or becomes one peer over one WebSocket. Nothing that
// comes over a connection ends more than that connection.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import { MAX_FRAME_BYTES } from '../../api/wire/limits.ts';
import type { Handlers, ServerPeer } from '../../api/wire/peer.ts';
import { serve } from '../../api/wire/peer.ts';
import { socketTransport } from '../../api/wire/transport.ts';
import type { Door } from './door.ts';

const MAX_CONNECTIONS = 32;
const HEARTBEAT_MS = 20_000;

export interface Windows {
  readonly peers: ReadonlySet<ServerPeer>;
  /** Loads what the first connection needs, so that it does not wait for it. */
  prepare(): void;
  upgrade(door: Door, request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(reason: string): void;
}

export function createWindows(handlers: Handlers, log: (line: string) => void): Windows {
  const peers = new Set<ServerPeer>();
  let opened: Promise<WebSocketServer> | undefined;
  const sockets = () => (opened ??= openSockets());
  const connected = (connection: WebSocket) => {
    const peer = serveConnection(connection, handlers, log);
    peers.add(peer);
    peer.onClose((reason) => {
      peers.delete(peer);
      log(`connection ended: ${reason}`);
    });
  };
  const refuse = (socket: Duplex, why: string) => {
    log(`connection refused: ${why}`);
    socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
  };
  return {
    peers,
    prepare: () => void sockets(),
    upgrade: (door, request, socket, head) => {
      // Node takes its own listener away with the upgrade; without one a reset ends the process.
      socket.on('error', () => socket.destroy());
      const refused =
        request.url !== '/rpc'
          ? 'unknown address'
          : (door.refusalOf(request, true) ?? (door.hasSession(request) ? null : 'no session'));
      if (refused !== null) return refuse(socket, refused);
      void sockets().then((server) => {
        if (server.clients.size >= MAX_CONNECTIONS) return refuse(socket, 'too many connections');
        server.handleUpgrade(request, socket, head, connected);
      });
    },
    close: (reason) => {
      for (const peer of peers) peer.close(reason);
      void opened?.then(({ clients }) => clients.forEach((client) => client.terminate()));
    },
  };
}

/** The library comes with TLS and zlib, a tenth of what a start takes: no link waits for it. */
async function openSockets(): Promise<WebSocketServer> {
  const { WebSocketServer } = await import('ws');
  return new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    clientTracking: true,
  });
}

function serveConnection(
  connection: WebSocket,
  handlers: Handlers,
  log: (line: string) => void,
): ServerPeer {
  const transport = socketTransport(connection);
  let alive = true;
  const heartbeat = setInterval(() => {
    if (!alive) return connection.terminate();
    alive = false;
    connection.ping();
  }, HEARTBEAT_MS);
  connection.on('pong', () => (alive = true));
  connection.on('message', (data, isBinary) => {
    try {
      transport.receive(isBinary ? toBytes(data) : '');
    } catch (error) {
      log(`connection: ${textOf(error)}`);
      connection.terminate();
    }
  });
  connection.on('error', (error) => log(`connection: ${error.message}`));
  connection.on('close', () => {
    clearInterval(heartbeat);
    transport.closed('the page went away');
  });
  return serve(transport, handlers, (error, method) => log(`${method}: ${textOf(error)}`));
}

const textOf = (error: unknown) =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

function toBytes(data: Buffer | ArrayBuffer | Buffer[]): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
