// The vocabulary of bert-base-uncased, which ships with the program: models that were trained on it are often
// published as weights alone. LICENSES.md says whose it is.
import { fileURLToPath } from 'node:url';
import type { Vocabulary } from '../family.ts';

const FILE = fileURLToPath(new URL('./bert-base-uncased/vocab.txt', import.meta.url))
  // Outside the application's archive: the calls that copy it into packs cannot look into the archive.
  .replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');

/** BLIP adds two words behind it, whose ids no text names. */
export const BERT_UNCASED: Vocabulary = {
  name: 'the vocab.txt of bert-base-uncased',
  shipped: { file: FILE, words: 30_522 },
};
