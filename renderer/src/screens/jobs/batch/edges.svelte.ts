// Edges and things of a batch: as the project has them, until the dialog says otherwise.
import type { PrelabelParams } from '../../../../../electron/api/run.ts';
import {
  isPerThing,
  isRefining,
  withRefining,
  withThings,
} from '../../models/edges/edgeSettings.ts';

type Overrides = PrelabelParams['overrides'];

export class BatchEdges {
  #refining = $state<boolean | null>(null);
  #perThing = $state<boolean | null>(null);

  /** The project's settings with what was chosen for the batch. */
  over(project: Overrides): Overrides {
    const refined = withRefining(project, this.#refining ?? isRefining(project));
    return withThings(refined, this.#perThing ?? isPerThing(project));
  }

  choose(overrides: Overrides): void {
    this.#refining = isRefining(overrides);
    this.#perThing = isPerThing(overrides);
  }
}
