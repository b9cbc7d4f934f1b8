// Commits, undo and redo, and the list of steps.
import { AppError } from '../../api/errors.ts';
import type { Input, Output } from '../../api/methods.ts';
import type { ImageId, Revision } from '../../api/types.ts';
import { commitOne, engineTransaction, publishCommits, publishFacts } from '../commits.ts';
import type { EngineContext, HandlerGroup } from '../context.ts';
import { propagate } from '../propagate/propagate.ts';
import { redoable, undoable } from '../project/log/history.ts';
import { imageRecord } from '../project/images/images.ts';
import type { Project } from '../project/project.ts';
import { turnBack } from '../project/log/undo.ts';
import { latestSteps, stepLabel } from '../project/log/stepList.ts';

export function docHandlers(context: EngineContext): HandlerGroup<'doc'> {
  return {
    async 'doc.commit'({ transaction, baseRevision }, call) {
      const project = context.open.writable();
      if (baseRevision > project.revision())
        throw new AppError(
          'DOC_CONFLICT',
          `The edit is based on revision ${baseRevision}, which this project has not reached.`,
          { data: { revision: project.revision() } },
        );
      // Edits based on an older revision are fine as long as each `before` is what is stored now.
      const { revision } = commitOne(context, project, transaction, { clientId: call.clientId });
      return { revision };
    },
    async 'doc.propagate'(request, call) {
      const project = request.dryRun ? context.open.get() : context.open.writable();
      return propagate(context, project, request, {
        signal: call.signal,
        clientId: call.clientId,
        onProgress: (done, total) => call.progress({ stage: 'Propagate', done, total }),
      });
    },
    'doc.undo': async (_, { clientId }) => turn(context, 'undo', clientId),
    'doc.redo': async (_, { clientId }) => turn(context, 'redo', clientId),
    'doc.history': async (asked, { clientId }) => steps(context.open.get(), asked, clientId),
  };
}

/** Takes a window's last step back, or brings it again. */
function turn(context: EngineContext, kind: 'undo' | 'redo', clientId: string): Output<'doc.undo'> {
  const project = context.open.writable();
  const history = project.history();
  const turned = turnBack(project.store, history, kind, {
    clientId,
    at: context.clock.now().toISOString(),
    newId: context.newId,
  });
  const revision = () => project.revision();
  if (!turned) return { transaction: null, revision: revision(), imageName: '' };
  for (const mark of turned.marks) project.note(mark);
  publishCommits(context, project, turned.commits, clientId);
  publishFacts(context, project, turned.facts);
  const first = turned.commits[0];
  const { imageId, label, origin } = turned;
  const imageName =
    first?.image.name ?? (imageId > 0 ? imageRecord(project.store, imageId).name : '');
  const target = turned.marks[0]?.target;
  const known = [...history.undo, ...history.redo];
  context.publish('project.turned', {
    kind,
    clientId,
    of: known.find(({ step }) => step === target)?.clientId ?? '',
    label,
    imageId,
    imageName,
  });
  return {
    transaction:
      first?.transaction ??
      engineTransaction(context, { imageId, label, origin, record: 'now', changes: [] }),
    revision: revision(),
    imageName,
  };
}

/** The latest steps, and what this window may take back or bring again. */
function steps(
  { store, ...project }: Project,
  { imageId, limit }: Input<'doc.history'>,
  clientId: string,
): Output<'doc.history'> {
  const history = project.history();
  const labelOf = (step: number | undefined) =>
    step === undefined ? null : stepLabel(store, step);
  const undone = new Set(history.redo.map(({ step }) => step));
  const known = new Set(history.undo.map(({ step }) => step));
  const rows = latestSteps(store, imageId, limit).filter(
    (row) => undone.has(row.step) || known.has(row.step),
  );
  return {
    entries: rows.map((row) => ({
      revision: row.step as Revision,
      label: row.label,
      imageId: row.image_id as ImageId,
      at: row.at,
      undone: undone.has(row.step),
    })),
    canUndo: labelOf(undoable(history, clientId)[0]),
    canRedo: labelOf(redoable(history, clientId)[0]),
  };
}
