// One engine on one image for a person who compares: its masks and what it left out, nothing written.
import type { Input, Output } from '../../../api/methods.ts';
import type { Call, EngineContext } from '../../context.ts';
import { packOf } from '../../packs/packs.ts';
import { workOnImage } from '../prelabel.ts';

export async function lookByEngine(
  context: EngineContext,
  asked: Input<'prelabel.look'>,
  call: Call<'prelabel.look'>,
): Promise<Output<'prelabel.look'>> {
  const project = context.open.get();
  const pack = await packOf(context, project);
  const { run, masks } = await context.open
    .jobs()
    .interactive(() =>
      workOnImage(
        context,
        project,
        { ...asked, pack, thresholds: {}, draft: false, priority: 'interactive' },
        { signal: call.signal, onProgress: (progress) => call.progress(progress) },
      ),
    );
  return {
    engine: run.engine,
    packName: run.packName,
    masks: masks.map(({ categoryId, mask, doubtful }) => ({ categoryId, mask, doubtful })),
    absent: run.classes.flatMap(({ categoryId, match, absent }) =>
      absent ? [{ categoryId, match }] : [],
    ),
    milliseconds: Object.values(run.milliseconds).reduce((sum, one) => sum + one, 0),
  };
}
