// Looks of classes learned from accepted masks: what there is, measuring it, using it.
import { publishChanged } from '../../commits.ts';
import type { EngineContext, HandlerGroup } from '../../context.ts';
import { learn } from '../../learn/learn.ts';
import { learnState, withLearned } from '../../learn/stored.ts';
import { paramsOf } from '../../opening/opening.ts';

export function learnHandlers(context: EngineContext): HandlerGroup<'learn'> {
  return {
    'learn.state': () => {
      const project = context.open.get();
      return Promise.resolve(learnState(project, paramsOf(project)));
    },
    async 'learn.run'(_input, call) {
      const project = context.open.writable();
      const params = paramsOf(project);
      await learn(context, project, params, {
        signal: call.signal,
        onProgress: (progress) => call.progress(progress),
      });
      return learnState(project, params);
    },
    async 'learn.use'({ use }) {
      const project = context.open.writable();
      const previous = paramsOf(project);
      const params = await withLearned(context, project, previous, use);
      project.setMeta('params', JSON.stringify(params));
      publishChanged(context, project);
      return { params, previous };
    },
  };
}
