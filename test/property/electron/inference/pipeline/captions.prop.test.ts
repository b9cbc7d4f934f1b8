// Captions of arbitrary names: tokens equal those of the whole sentence, spans tile the names.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PipelineError } from '../../../../../electron/link/pipelineError.ts';
import { cleanPrompts } from '../../../../../electron/inference/pipeline/prompts.ts';
import { planCaptions } from '../../../../../electron/inference/pipeline/tokenize/caption.ts';
import { captionTokenizerFromFiles } from '../../../../../electron/inference/pipeline/tokenize/fromFiles.ts';
import { byteBpeJson, wordPiece } from '../../../../helpers/fixtures/tokenizers.ts';

const tokenizers = {
  wordpiece: wordPiece(),
  'byte-bpe': captionTokenizerFromFiles({ tokenizerJson: byteBpeJson() }),
};
const name = fc.oneof(
  fc.stringMatching(/^[a-z]{1,6}( [a-z']{1,6})?$/),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.constantFrom('[SEP]', '<s>', '[ENC] dog', '##light', 'Ġdog', '__proto__', 'İ', 'ﬁ'),
);

test.each(['wordpiece', 'byte-bpe'] as const)(
  'with %s, any names give the tokens of the whole sentence and spans that tile them',
  (kind) => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 6 }), fc.boolean(), (names, joinWords) => {
        const tokenizer = tokenizers[kind];
        let planned;
        let words: string[];
        try {
          const prompts = names.map((one, index) => ({ id: index + 1, name: one }));
          const { classes } = cleanPrompts(prompts, { joinWords });
          words = classes.flatMap((one) => one.words);
          planned = planCaptions(tokenizer, classes, {
            prefix: 'a picture of',
            captions: 'joint',
            maxClasses: 25,
            maxTokens: 10_000,
          });
        } catch (error) {
          // Names of blanks or control characters alone are refused in words.
          expect(error).toBeInstanceOf(PipelineError);
          return;
        }
        const [caption] = planned.captions;
        if (!caption) {
          expect(words).toEqual([]);
          return;
        }
        const whole = tokenizer.pieces('a picture of', true);
        for (const word of words) whole.push(...tokenizer.pieces(word, false));
        expect(caption.ids).toEqual([
          tokenizer.firstId,
          ...whole.map(({ id }) => id),
          tokenizer.lastId,
        ]);
        const first = tokenizer.pieces('a picture of', true).length + 1;
        const bounds = caption.spans.flatMap(({ start, end }) => [start, end]);
        expect([first, ...bounds, caption.ids.length - 1]).toEqual(
          [first, ...bounds, caption.ids.length - 1].toSorted((a, b) => a - b),
        );
        expect(caption.spans.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(
          caption.ids.length - 1 - first,
        );
        expect(caption.spans.every(({ start, end }) => end > start)).toBe(true);
      }),
      { numRuns: 400 },
    );
  },
);
