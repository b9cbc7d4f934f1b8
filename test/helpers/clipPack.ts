// A tiny CLIP pack with random weights: the golden case's model and a tokenizer of single letters.
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPack } from '../../models/packs/building/build.ts';

const CASE = join(import.meta.dirname, '../fixtures/goldens/clip/case_a');
const VOCABULARY_SIZE = 100;

/** tokenizer.json of byte-level BPE as CLIP has it: words end with </w>, 98 starts, 99 ends a text. */
export function clipTokenizerJson(): unknown {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const entries = [...letters, ...letters.map((letter) => `${letter}</w>`)];
  const filler = Array.from(
    { length: VOCABULARY_SIZE - 2 - entries.length },
    (_, at) => `unused${at}`,
  );
  const words = [...entries, ...filler, '<|startoftext|>', '<|endoftext|>'];
  const special = ['<|startoftext|>', '<|endoftext|>'].map((content) => ({
    id: words.indexOf(content),
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: true,
    special: true,
  }));
  return {
    version: '1.0',
    added_tokens: special,
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true },
    post_processor: {
      type: 'RobertaProcessing',
      sep: ['<|endoftext|>', words.indexOf('<|endoftext|>')],
      cls: ['<|startoftext|>', words.indexOf('<|startoftext|>')],
      trim_offsets: false,
      add_prefix_space: false,
    },
    decoder: { type: 'ByteLevel' },
    model: {
      type: 'BPE',
      unk_token: '<|endoftext|>',
      continuing_subword_prefix: '',
      end_of_word_suffix: '</w>',
      fuse_unk: false,
      vocab: Object.fromEntries(words.map((word, id) => [word, id])),
      merges: [],
    },
  };
}

/** Builds the pack `tiny-clip` below `packs` and gives its folder. */
export async function tinyClipPack(packs: string): Promise<string> {
  const source = join(packs, '.source-clip');
  await mkdir(source, { recursive: true });
  for (const file of ['config.json', 'model.safetensors'])
    await copyFile(join(CASE, file), join(source, file));
  await writeFile(join(source, 'tokenizer.json'), JSON.stringify(clipTokenizerJson()));
  const out = join(packs, 'tiny-clip');
  await buildPack({ source, out, words: { name: 'Tiny CLIP' } });
  return out;
}
