// Handlers that show every behaviour of the peer: answer, progress, failure, cancel, events.
import { AppError } from '../../../electron/api/errors.ts';
import type { Handler, Handlers, ServerPeer } from '../../../electron/api/wire/peer.ts';
import type { Revision } from '../../../electron/api/types.ts';
import type { ProjectTotals } from '../../../electron/api/methods/project.ts';

const NO_TOTALS: ProjectTotals = {
  asOf: 0,
  images: 0,
  counts: { untouched: 0, proposals: 0, inProgress: 0, reviewed: 0 },
  proposals: 0,
  doubtful: 0,
};

export function contractHandlers(peer: () => ServerPeer): Handlers {
  let aborted = 0;
  const table: Record<string, Handler> = {
    'session.hello': async (input) => ({ echoed: input }),
    'project.summary': async () => {
      throw new AppError('PROJECT_NOT_OPEN', 'No project is open.', { data: { hint: 'open one' } });
    },
    'project.close': async () => {
      throw new TypeError('secret detail with a /path');
    },
    'image.list': async (input, { progress }) => {
      for (let done = 1; done <= 3; done++) progress({ stage: 'scan', done, total: 3 });
      return { input };
    },
    'prelabel.run': (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted++;
          reject(signal.reason as Error);
        });
      }),
    'doc.history': async () => ({ aborted }),
    'settings.get': async () => {
      for (let n = 1; n <= 50; n++) {
        peer().publish('project.changed', {
          revision: n as Revision,
          scanned: n,
          scanning: n < 50,
          totals: NO_TOTALS,
        });
        peer().publish('notice', { level: 'info', code: String(n), message: '' });
      }
      return {};
    },
  };
  return new Map(Object.entries(table));
}
