// Learning settings from corrections: comparing, showing what would change, using it, putting it away, going back.
import type { EngineContext, HandlerGroup } from '../../context.ts';
import { adopt } from '../../corrections/adopt.ts';
import {
  changedPairs,
  presentOf,
  suggestion,
  withOverrides,
} from '../../corrections/corrections.ts';
import { runAgain } from '../../corrections/runAgain.ts';
import { correctionState, decideFit, latestOf, isInUse } from '../../corrections/stored.ts';
import type { CorrectionWatch } from '../../corrections/watch.ts';
import { AppError } from '../../../api/errors.ts';
import { publishChanged } from '../../commits.ts';
import { paramsOf } from '../../opening/opening.ts';
import { checkedParams } from '../../prelabel/params.ts';

export function correctionHandlers(
  context: EngineContext,
  watch: CorrectionWatch,
): HandlerGroup<'corrections'> {
  const state = () => {
    const project = context.open.get();
    return correctionState(project, paramsOf(project), watch.running());
  };
  return {
    'corrections.state': () => Promise.resolve(state()),
    async 'corrections.compare'({ harder }, call) {
      await watch.compare(context.open.writable(), harder, {
        signal: call.signal,
        onProgress: (progress) => call.progress(progress),
      });
      return state();
    },
    async 'corrections.prepare'(_input, call) {
      const project = context.open.writable();
      const watching = {
        signal: call.signal,
        onProgress: (progress: Parameters<typeof call.progress>[0]) => call.progress(progress),
      };
      await runAgain(context, project, watching);
      await watch.compare(project, false, watching);
      return state();
    },
    async 'corrections.pairs'(page, call) {
      const project = context.open.get();
      const onProgress = (done: number, total: number) =>
        call.progress({ stage: 'Make masks', done, total });
      return changedPairs(context, project, page, { signal: call.signal, onProgress });
    },
    async 'corrections.use'(_input, call) {
      const project = context.open.writable();
      const { id, fit } = suggestion(project);
      const previous = paramsOf(project);
      const params = withOverrides(previous, fit.overrides);
      const present = await presentOf(context, project);
      // A project from elsewhere may suggest anything.
      checkedParams(params, present.packs.explain.parameters);
      const used = await adopt(
        context,
        project,
        {
          ...{ present, params },
          label: 'Use settings that fit corrections',
        },
        { ...stopping(call), clientId: call.clientId },
      );
      const usedAt = context.clock.now().toISOString();
      decideFit(project, { id, fit: { ...fit, usedAt, previous } }, 'used');
      publishChanged(context, project);
      return used;
    },
    'corrections.decline'() {
      const project = context.open.writable();
      decideFit(project, suggestion(project), 'declined');
      publishChanged(context, project);
      return Promise.resolve(state());
    },
    async 'corrections.back'(_input, call) {
      const project = context.open.writable();
      const fit = latestOf(project, 'used')?.fit;
      if (!fit?.previous || !isInUse(fit, paramsOf(project)))
        throw new AppError('BAD_REQUEST', 'Suggested settings are not in use.');
      const used = await adopt(
        context,
        project,
        {
          present: await presentOf(context, project),
          params: fit.previous,
          label: 'Go back to the settings before',
        },
        { ...stopping(call), clientId: call.clientId },
      );
      publishChanged(context, project);
      return used;
    },
  };
}

interface Stopping {
  readonly signal: AbortSignal;
  progress(progress: { stage: string; done: number; total: number }): void;
}

const stopping = (call: Stopping) => ({
  signal: call.signal,
  onProgress: (done: number, total: number) =>
    call.progress({ stage: 'Make masks anew', done, total }),
});
