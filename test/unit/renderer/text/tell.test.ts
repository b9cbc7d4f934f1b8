// Sentences of the engine that come as a code and values: English on the command line, the window's language here.
import { afterEach, describe, expect, it } from 'vitest';
import { AppError, toPayload } from '../../../../electron/api/errors.ts';
import { warningEnglish, type ExportWarning } from '../../../../electron/api/said/exportWords.ts';
import { tell } from '../../../../renderer/src/text/explain.ts';
import { speak } from '../../../../renderer/src/text/languages/languages.ts';
import { text } from '../../../../renderer/src/text/text.ts';

afterEach(() => speak('en'));
const told = (warning: ExportWarning) => tell(text.exchange.warnings, warning);

describe('warnings of an export', () => {
  it('are told in the language of the window, with their figures', async () => {
    const overlap: ExportWarning = { code: 'overlap', values: ['a.png', 1200, 1] };
    expect(told(overlap)).toBe(warningEnglish(overlap));
    await speak('de');
    expect(told(overlap)).toBe(
      'a.png: Annotationen überlappen, 1.200 px zeigen nur die obere; ganz verdeckt: 1',
    );
    await speak('fr');
    expect(told({ code: 'replaced', values: [['a.png', 'b.png'], 3] })).toBe(
      'Changé depuis l’annotation : a.png, b.png et 3 de plus ; à revoir',
    );
  });

  it('say in that language too why an image was left out', async () => {
    const why = 'a.png is empty';
    const out: ExportWarning = {
      code: 'leftOut',
      values: ['a.png', why],
      error: toPayload(new AppError('IMAGE_EMPTY', why)),
    };
    expect(warningEnglish(out)).toBe('a.png was left out: a.png is empty');
    await speak('ja');
    expect(told(out)).toBe('a.png は含まれません: ファイルが空です。もう一度コピーしてください。');
  });
});
