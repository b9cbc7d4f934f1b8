// The words of an open CLIP during one task.
import type { PackChoice } from '../../../link/facts.ts';
import type { OpenClip } from '../../tune/judges/openClip.ts';
import type { Bench } from '../explainer.ts';
import type { WordSource } from './words.ts';

export function wordSourceOf(
  { model, texts }: OpenClip,
  { wordsFolder }: Pick<PackChoice, 'wordsFolder'>,
  { cancelled, turn }: Pick<Bench['call'], 'cancelled' | 'turn'>,
): WordSource {
  const { packHash, embeddingWidth } = model.info;
  return { texts, packHash, width: embeddingWidth, folder: wordsFolder ?? null, cancelled, turn };
}
