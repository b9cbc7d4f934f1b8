// A model that offers its turn before each of its runs: interactive work goes between two runs of a batch.
import type { EmbeddingModel, ItmModel } from '../model.ts';
import type { TaskCall } from './threadTask.ts';

type Turn = TaskCall['turn'];

/** `model`, with a turn before each of its runs. Disposing it disposes of the model. */
export function itmInTurn(model: ItmModel, turn: Turn): ItmModel {
  return {
    info: model.info,
    encodeImage: (...input) => turn().then(() => model.encodeImage(...input)),
    match: (...input) => turn().then(() => model.match(...input)),
    ready: (...input) => turn().then(() => model.ready(...input)),
    explain: (...input) => turn().then(() => model.explain(...input)),
    dispose: () => model.dispose(),
  };
}

/** The same for a model that embeds. */
export function embeddingInTurn(model: EmbeddingModel, turn: Turn): EmbeddingModel {
  return {
    info: model.info,
    embedImage: (...input) => turn().then(() => model.embedImage(...input)),
    embedTexts: (...input) => turn().then(() => model.embedTexts(...input)),
    dispose: () => model.dispose(),
  };
}
