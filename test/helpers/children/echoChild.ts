// Child process of the contract suite: serves the same handlers over the process channel.
import { serve } from '../../../electron/api/wire/peer.ts';
import { contractHandlers } from '../standIns/contractHandlers.ts';
import { processTransport } from '../drivers/processTransport.ts';

const peer = serve(
  processTransport(process),
  contractHandlers(() => peer),
  () => {},
);
