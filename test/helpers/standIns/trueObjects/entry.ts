// STAND-IN: an inference process whose click model knows the true objects of the sample scenes.
import type { ToInference } from '../../../../electron/link/protocol.ts';
import { serveInference } from '../../../../electron/inference/service.ts';

process.on('disconnect', () => process.exit(0));
serveInference(
  {
    post: (message) => void process.send?.(message),
    onMessage: (listener) => process.on('message', (message) => listener(message as ToInference)),
  },
  {
    exit: (code) => process.exit(code),
    sessionWorker: new URL('./session.worker.ts', import.meta.url),
    pixelWorker: new URL('../../../../electron/inference/pixel.worker.ts', import.meta.url),
  },
);
