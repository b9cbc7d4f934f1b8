// A class that the judge did not see stays all the same: a setting of the project, and the image run again.
import type { Category, Json } from '../../../../../electron/api/types.ts';
import type { App } from '../../../state/app.svelte.ts';

const ALWAYS = 'car.always';

export async function keepAnyway(app: App, { name, prompt }: Category): Promise<void> {
  const { params } = app.prelabel;
  const before = params.overrides[ALWAYS];
  const names = new Set<Json>(Array.isArray(before) ? before : []);
  // The judge is asked for the words of the prompt, which the run calls the class by.
  names.add(prompt || name);
  const overrides = { ...params.overrides, [ALWAYS]: [...names] };
  app.session.show(
    await app.session.call('project.setParams', { params: { ...params, overrides } }),
  );
  app.run('model.run');
}
