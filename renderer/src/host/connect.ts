// Opens the connection to the engine: a MessagePort on the desktop, a WebSocket in the browser. Callers do not
// see which.
import { createClient, type Client } from '../../../electron/api/wire/client.ts';
import {
  portTransport,
  socketTransport,
  type Transport,
} from '../../../electron/api/wire/transport.ts';
import { PROTOCOL } from '../../../electron/api/wire/limits.ts';
import type { Output } from '../../../electron/api/methods.ts';
import type { Revision } from '../../../electron/api/types.ts';
import type { DesktopBridge } from '../../../electron/api/wire/brokering.ts';
import { desktopBridge } from './desktop.ts';

export interface Connection {
  readonly client: Client;
  readonly hello: Output<'session.hello'>;
}

/** Connects and says hello. Throws when the engine cannot be reached or speaks another protocol. */
export async function connect(
  clientId: string,
  lastRevision: Revision | null,
): Promise<Connection> {
  const bridge = desktopBridge();
  const client = createClient(bridge ? await openPort(bridge) : await openSocket());
  const hello = await client.request('session.hello', {
    protocol: PROTOCOL,
    clientId,
    lastRevision,
  });
  return { client, hello };
}

function openPort(bridge: DesktopBridge): Promise<Transport> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent<unknown>) => {
      const port = event.ports[0];
      // Only the program's own preload may hand over the port.
      if (event.source !== window || !port || !isPortMessage(event.data)) return;
      window.removeEventListener('message', receive);
      const transport = portTransport(port);
      port.onmessage = (message) => transport.receive(message.data);
      port.addEventListener('close', () => transport.closed('the engine ended'));
      port.start();
      resolve(transport);
    };
    window.addEventListener('message', receive);
    bridge.requestEnginePort();
  });
}

function isPortMessage(data: unknown): boolean {
  return (
    typeof data === 'object' &&
    data !== null &&
    'salience' in data &&
    data.salience === 'enginePort'
  );
}

function openSocket(): Promise<Transport> {
  const url = new URL('rpc', window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hash = '';
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    const transport = socketTransport(socket);
    socket.onmessage = (message) => transport.receive(message.data);
    socket.onclose = (event) => {
      transport.closed(event.reason || 'the host ended');
      reject(new Error('The engine did not answer.'));
    };
    socket.onopen = () => resolve(transport);
  });
}
