// Sentences of the engine that come as a code and values: English on the command line, the window's language here.
import { afterEach, describe, expect, it } from 'vitest';
import { AppError, toPayload } from '../../../../electron/api/errors.ts';
import { warningEnglish, type ExportWarning } from '../../../../electron/api/said/exportWords.ts';
import { workError, type WorkReason } from '../../../../electron/api/said/workWords.ts';
import { asAppError } from '../../../../electron/inference/errors.ts';
import { unreadable } from '../../../../electron/inference/image/decode.ts';
import { toldBy } from '../../../../electron/api/said/importWords.ts';
import { Problems } from '../../../../electron/engine/dataset/problems.ts';
import { explain, explained, importProblem, tell } from '../../../../renderer/src/text/explain.ts';
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

describe('why a job stands still, or an image could not be done', () => {
  it.each<[WorkReason, string]>([
    [{ code: 'closed', values: [] }, 'Das Programm wurde geschlossen.'],
    [
      { code: 'otherSize', values: ['a.png', [1200, 6], [16, 9]] },
      'a.png hatte beim Annotieren 1.200 × 6 px und hat jetzt 16 × 9 px; die Annotationen würden nicht passen. Die frühere Datei zurücklegen.',
    ],
    [
      { code: 'unreadable', values: ['EACCES'] },
      'Die Datei ist nicht lesbar (EACCES). Den Lesezugriff erlauben, dann noch einmal versuchen.',
    ],
  ])('is told in the language of the window: %j', async (why, german) => {
    const error = toPayload(workError('IMAGE_DAMAGED', why));
    expect(explained(error)).toBe(error.message);
    await speak('de');
    expect(explained(error)).toBe(german);
  });

  it('keeps the sentence of an earlier version', async () => {
    await speak('de');
    const old = { code: 'INTERNAL', message: 'The card fell off the bus.', data: null };
    expect(explained(old)).toBe('The card fell off the bus.');
  });

  it('says a file that may not be read in that language too', async () => {
    const no = Object.assign(new Error('EACCES'), { code: 'EACCES' });
    await speak('fr');
    expect(explain(asAppError(unreadable('/a.png', no)))).toMatch(/ne peut pas être lu \(EACCES\)/);
    const gone = Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
    expect(asAppError(unreadable('/a.png', gone))).toMatchObject({ code: 'IMAGE_MISSING' });
  });
});

describe('what an import left out or changed', () => {
  it('is told in the language of the window, with values of the file as they are', async () => {
    const problems = new Problems();
    problems.repair('$.annotations[0].area', { code: 'areaCounted', values: ['missing'] });
    problems.repair('$.annotations[1].area', { code: 'areaCounted', values: ['missing'] });
    problems.skip('a.json', {
      code: 'otherSize',
      values: [
        [1200, 6],
        [16, 9],
      ],
    });
    problems.leaveOut('b.png', toldBy(new AppError('IMAGE_EMPTY', 'b.png is empty')));
    problems.skip('c.json', 'says what no language has');
    const told = problems.told();
    expect(told.map(({ message }) => message)).toEqual([
      'is missing; counted from the mask (the same in 1 more)',
      'The file says 1200 x 6, the image is 16 x 9.',
      'b.png is empty',
      'says what no language has',
    ]);
    expect(told.slice(0, 2).map(importProblem)).toEqual(
      told.slice(0, 2).map(({ message }) => message),
    );
    await speak('de');
    expect(told.map(importProblem)).toEqual([
      'fehlt; aus der Maske gezählt (ebenso an 1 weiterer Stelle)',
      'Die Datei nennt 1.200 × 6, das Bild hat 16 × 9.',
      'Die Datei ist leer. Noch einmal kopieren.',
      'says what no language has',
    ]);
    await speak('zh');
    expect(importProblem(told[0]!)).toBe('缺失；已由掩码计算（另有 1 处相同）');
  });
});
