// Unfinished work: kept with every step, removed when it is done, discarded as a step that undo brings back.
import type { ImageId } from '../../api/types.ts';
import { commitStep } from '../commits.ts';
import type { EngineContext, HandlerGroup } from '../context.ts';
import {
  keepParked,
  parkedById,
  parkedNews,
  releaseParked,
  removeParked,
} from '../project/parked.ts';
import type { Project } from '../project/project.ts';

export function parkedHandlers(context: EngineContext): HandlerGroup<'parked'> {
  const tell = (project: Project, imageIds: readonly ImageId[]) => {
    for (const imageId of imageIds)
      context.publish('image.parked', parkedNews(project.store, imageId));
  };
  return {
    async 'parked.keep'({ parked, held }, call) {
      const project = context.open.writable();
      keepParked(project.store, { ...parked, holder: held ? call.clientId : '' });
      tell(project, [parked.imageId]);
      return {};
    },
    async 'parked.remove'({ id }) {
      const project = context.open.writable();
      const imageId = removeParked(project.store, id);
      if (imageId !== null) tell(project, [imageId]);
      return {};
    },
    async 'parked.discard'({ id, label }, call) {
      const project = context.open.writable();
      const parked = parkedById(project.store, id);
      if (!parked) return {};
      commitStep(
        context,
        project,
        {
          label,
          origin: 'user',
          imageId: parked.imageId,
          transactions: [],
          rows: [['parked', id]],
          work: () => void removeParked(project.store, id),
        },
        call.clientId,
      );
      return {};
    },
    async 'parked.hold'(_, call) {
      await context.windows.stays(call.clientId, call.signal);
      const project = context.open.current();
      if (project && !project.readOnly) tell(project, releaseParked(project.store, call.clientId));
      return {};
    },
  };
}
