// Child process of the contract suite: serves the same handlers over the process channel.
import { serve } from '../../electron/api/wire/peer.ts';
import { contractHandlers } from './contractHandlers.ts';
import { processTransport } from './processTransport.ts';

const peer = serve(
  processTransport(process),
  contractHandlers(() => peer),
  () => {},
);
