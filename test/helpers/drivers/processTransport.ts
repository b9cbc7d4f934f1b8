// Frames over Node's process channel with advanced serialisation.
import type { Transport } from '../../../electron/api/wire/transport.ts';
import { portTransport } from '../../../electron/api/wire/transport.ts';

interface Channel {
  send?(message: unknown): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
  disconnect?(): void;
}

export function processTransport(channel: Channel): Transport {
  const transport = portTransport({
    postMessage: (message) => void channel.send?.(message),
    close: () => channel.disconnect?.(),
  });
  channel.on('message', transport.receive);
  channel.on('disconnect', () => transport.closed('the process went away'));
  return transport;
}
