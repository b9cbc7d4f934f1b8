// The browser host: the same engine and renderer as the desktop window, over loopback HTTP and one WebSocket.
// A one-time token in the start link becomes an HttpOnly cookie; everything else needs that cookie.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { EventName, Events } from '../../api/events.ts';
import type { Handlers } from '../../api/wire/peer.ts';
import type { MediaSource } from '../mediaResponse.ts';
import { answer } from './answers.ts';
import { createDoor, newLabel, type Door } from './door.ts';
import { pageFiles } from './pageFiles.ts';
import { createWindows } from './upgrades.ts';

/** What a host needs of an engine. */
export interface ServedEngine {
  readonly handlers: Handlers;
  /** Every published event; `key` groups the ones that may skip. Returns the unsubscribe. */
  onEvent(
    listener: <E extends EventName>(event: E, payload: Events[E], key: string) => void,
  ): () => void;
  readonly media: MediaSource;
}

export interface BrowserHostOptions {
  readonly engine: ServedEngine;
  /** Folder with the built page. */
  readonly page: string;
  /** 0 = any free port. */
  readonly port: number;
  /** The host's name below `localhost`; one that nobody can guess unless given. */
  readonly label?: string;
  readonly log: (line: string) => void;
}

export interface BrowserHost {
  /** Start link with its one-time token. */
  readonly url: string;
  readonly port: number;
  /** A further start link, for a second browser. */
  newLink(): string;
  close(): Promise<void>;
}

/** Not imported by name, since node:http then brings Node's own web client, 40 ms of a start. */
const { createServer } = process.getBuiltinModule('node:http');

/** Starts the host on 127.0.0.1; the address is never another one. */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { engine, log } = options;
  const files = pageFiles(options.page);
  const windows = createWindows(engine.handlers, log);
  const label = options.label ?? newLabel();
  // Known with the port, which is before the first request.
  let door: Door = createDoor(label, options.port);

  const server = createServer(
    { maxHeaderSize: 16 * 1024, requestTimeout: 30_000, headersTimeout: 10_000 },
    (request, response) => {
      answer(request, response, { door, files, media: engine.media }).catch((error: unknown) => {
        log(
          `request failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    },
  );
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
    windows.upgrade(door, request, socket, head),
  );
  const unsubscribe = engine.onEvent((event, payload, key) => {
    for (const peer of windows.peers) peer.publish(event, payload, key);
  });

  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: options.port }, () => {
      const address = server.address();
      const listened = typeof address === 'object' && address ? address.port : 0;
      door = createDoor(label, listened);
      resolve(listened);
    });
  });

  // After whoever waits for the link has printed it.
  setImmediate(windows.prepare);
  return {
    url: door.newLink(),
    port,
    newLink: () => door.newLink(),
    close: async () => {
      unsubscribe();
      windows.close('Salience is closing');
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
