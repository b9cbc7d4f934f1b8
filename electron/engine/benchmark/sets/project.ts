// The accepted masks of a project of one's own. The project is only looked at: what is measured goes into
// a project of its own beside the report.
import { resolve } from 'node:path';
import { imageRecord } from '../../project/images/images.ts';
import { openProject, projectName } from '../../project/project.ts';
import { layoutFault } from '../layout.ts';
import { acceptedLabels, ownFacts, ownLabels, reviewedImages } from '../own/accepted.ts';
import type { BenchmarkSet } from '../set.ts';

export const PROJECT: BenchmarkSet = {
  id: 'project',
  async open({ root }) {
    const file = resolve(root);
    const project = await openProject({ file, folder: null, lookBecause: 'It is only measured.' });
    try {
      const ids = reviewedImages(project);
      if (ids.length === 0)
        throw layoutFault(
          `No image of ${file} is reviewed and has an accepted mask; accept some first.`,
        );
      const idOf = new Map(ids.map((id) => [imageRecord(project.store, id).name, id]));
      const labels = ownLabels(project);
      return {
        facts: ownFacts(project, `${projectName(project)}, accepted masks`),
        images: project.folder(),
        items: [...idOf.keys()].map((name) => ({ name, truth: file })),
        read: ({ name }) => Promise.resolve(acceptedLabels(project, idOf.get(name)!, labels)),
        [Symbol.asyncDispose]: async () => project.close(),
      };
    } catch (error) {
      project.close();
      throw error;
    }
  },
};
