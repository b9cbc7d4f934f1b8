// Learning settings from corrections: comparing, showing what would change, using it, putting it away, going back.
import type { CorrectionUse } from '../../../api/corrections/corrections.ts';
import { AppError } from '../../../api/errors.ts';
import type { Progress } from '../../../api/methods/method.ts';
import type { PrelabelParams } from '../../../api/run.ts';
import { publishChanged } from '../../commits.ts';
import type { EngineContext, HandlerGroup } from '../../context.ts';
import { adopt } from '../../corrections/adopt.ts';
import {
  changedPairs,
  presentOf,
  suggestion,
  withOverrides,
} from '../../corrections/corrections.ts';
import { runAgain } from '../../corrections/runAgain.ts';
import { correctionState, decideFit, isInUse, latestOf } from '../../corrections/stored.ts';
import type { CorrectionWatch } from '../../corrections/watch.ts';
import { paramsOf } from '../../opening/opening.ts';
import { checkedParams } from '../../prelabel/params.ts';

interface Asking {
  readonly signal: AbortSignal;
  readonly clientId: string;
  progress(progress: Progress): void;
}

export function correctionHandlers(
  context: EngineContext,
  watch: CorrectionWatch,
): HandlerGroup<'corrections'> {
  const state = () => {
    const project = context.open.get();
    return correctionState(project, paramsOf(project), watch.running());
  };
  const watching = (call: Asking) => ({
    signal: call.signal,
    onProgress: (progress: Progress) => call.progress(progress),
  });
  return {
    'corrections.state': () => Promise.resolve(state()),
    async 'corrections.compare'({ harder }, call) {
      await watch.compare(context.open.writable(), harder, watching(call));
      return state();
    },
    async 'corrections.prepare'(_input, call) {
      const project = context.open.writable();
      await runAgain(context, project, watching(call));
      await watch.compare(project, false, watching(call));
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
      const used = await adopted(context, params, 'Use settings that fit corrections', call);
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
      const used = await adopted(context, fit.previous, 'Go back to the settings before', call);
      publishChanged(context, project);
      return used;
    },
  };
}

/** Puts parameters to use. Throws PARAMS_INVALID: a project from elsewhere may suggest anything. */
async function adopted(
  context: EngineContext,
  params: PrelabelParams,
  label: string,
  call: Asking,
): Promise<CorrectionUse> {
  const project = context.open.writable();
  const present = await presentOf(context, project);
  checkedParams(params, present.packs.explain.parameters);
  return adopt(
    context,
    project,
    { present, params, label },
    {
      signal: call.signal,
      clientId: call.clientId,
      onProgress: (done, total) => call.progress({ stage: 'Make masks anew', done, total }),
    },
  );
}
