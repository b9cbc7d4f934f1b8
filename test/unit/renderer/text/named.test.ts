// Words that the engine has in English for the command line, and the window in every language: of one meaning, and
// none forgotten.
import { afterEach, describe, expect, it } from 'vitest';
import {
  EXPORT_FORMATS,
  IMPORT_FORMATS,
} from '../../../../electron/engine/dataset/formats/registry.ts';
import { CATALOGUE } from '../../../../models/packs/catalogue/catalogue.ts';
import { DEMO_PACK } from '../../../../models/packs/building/demoPack.ts';
import { en } from '../../../../renderer/src/text/en.ts';
import { text } from '../../../../renderer/src/text/text.ts';
import type { Language } from '../../../../electron/api/settings.ts';
import { triesText } from '../../../../renderer/src/screens/tune/settingWords.ts';
import { speak } from '../../../../renderer/src/text/languages/languages.ts';
import {
  formatNote,
  formatTitle,
  packNotes,
  packPurpose,
  readTitle,
  stageText,
  stepText,
} from '../../../../renderer/src/text/named.ts';

afterEach(() => speak('en'));

const packs = [DEMO_PACK, ...CATALOGUE];
const fetched = CATALOGUE.filter(({ byHand }) => byHand !== null && byHand !== undefined);

describe('in English the window says what the command line says', () => {
  it('of packs', () => {
    const purposes = Object.fromEntries(packs.map(({ id, purpose }) => [id, purpose]));
    expect(en.models.packs.purposes).toEqual(purposes);
    expect(en.models.packs.notes).toEqual(
      Object.fromEntries(fetched.map(({ id, notes }) => [id, notes])),
    );
  });
  it('of formats', () => {
    const notes = Object.fromEntries(EXPORT_FORMATS.map(({ id, note }) => [id, note]));
    expect(en.exchange.formats.notes).toEqual(notes);
    for (const format of EXPORT_FORMATS) expect(formatTitle(format)).toBe(format.title);
    for (const format of IMPORT_FORMATS) expect(readTitle(format)).toBe(format.title);
  });
});

it('what the window does not know says its own words, whatever it is called', async () => {
  await speak('de');
  for (const id of ['my-pack', 'constructor', '__proto__']) {
    expect(packPurpose({ id, purpose: 'Ours.' })).toBe('Ours.');
    expect(packNotes({ id }, 'As it came.')).toBe('As it came.');
    expect([formatTitle({ id, title: 'T' }), formatNote({ id, note: 'N' })]).toEqual(['T', 'N']);
  }
  expect(packPurpose({ id: 'blip-itm-base-coco', purpose: 'x' })).toMatch(/halb so groß/);
  expect(formatTitle({ id: 'coco-polygon', title: 'x' })).toBe('COCO, nur Polygone');
  expect(readTitle({ id: 'pascal-voc', title: 'x' })).toBe('Masken von Pascal VOC, Farbmasken');
});

it('a job is called by its classes, three by name', async () => {
  const names = ['cup', 'plate', 'saw', 'fork', 'pan'];
  const said = async (language: Language) => {
    await speak(language);
    return [text.jobs.classes(names.slice(0, 3)), text.jobs.classes(names)];
  };
  expect(await said('en')).toEqual(['cup, plate, saw', 'cup, plate, saw and 2 more']);
  expect(await said('fr')).toEqual(['cup, plate, saw', 'cup, plate, saw et 2 de plus']);
  expect(await said('ja')).toEqual(['cup、plate、saw', 'cup、plate、saw、ほか 2 件']);
  expect(await said('zh')).toEqual(['cup、plate、saw', 'cup、plate、saw等 5 个']);
});

it('layers and values of a search are listed as the language lists', async () => {
  expect(triesText({ tries: ['a', 'b'] })).toBe('a, b');
  await speak('ja');
  expect(triesText({ tries: ['a', 'b'] })).toBe('a、b');
  expect(text.evidence.heads.used([3, 4], [1, 2])).toBe('層 3、4、ヘッド 1、2');
});

it('stages of what runs are told in the language, with their figures', async () => {
  const stages = [
    ...Object.keys(en.label.prompt.stages.heads),
    'Pass 2 of 3',
    'Look at masks, image 3 of 10',
    'Layer 4',
    'Round 2, cup',
    'A stage of a newer engine',
    '',
  ];
  // English says what the engine says, which is what the command line prints.
  expect(stages.map(stageText)).toEqual(stages);
  await speak('de');
  expect(stages.slice(-6).map(stageText)).toEqual([
    'Durchgang 2 von 3',
    'Masken ansehen, Bild 3 von 10',
    'Schicht 4',
    'Runde 2, cup',
    'A stage of a newer engine',
    '',
  ]);
  expect(stageText('constructor')).toBe('constructor');
});

it('steps of the engine and of English windows are told in the language, those of others as they told them', async () => {
  const steps = [
    'Propose masks',
    'The file was replaced',
    'Clean up coffee cup',
    'Delete class cup',
    'Set the tag garage',
    'Remove 2 tags',
    'Merge class cup into mug',
    'Delete 1 double mask',
    'Accept 1,200 proposals',
    'Change the class of 3 proposals',
    'Draw cup',
    'Fill holes of coffee cup',
    'Fill cup',
    'Join cup again',
    'Delete cup',
    'Delete 3 objects',
    'Paste 1 object',
    'Unlock 2 objects',
    '3 Objekte löschen',
    'Dessiner tasse',
    'constructor',
  ];
  // English says what stands in the log.
  expect(steps.map(stepText)).toEqual(steps);
  await speak('de');
  expect(steps.map(stepText)).toEqual([
    'Masken vorschlagen',
    'Die Datei wurde ersetzt',
    'coffee cup aufräumen',
    'Klasse cup löschen',
    'Stichwort garage setzen',
    '2 Stichwörter entfernen',
    'Klasse cup in mug aufgehen lassen',
    '1 doppelte Maske löschen',
    '1.200 Vorschläge annehmen',
    'Klasse von 3 Vorschlägen ändern',
    'cup zeichnen',
    'Löcher von coffee cup füllen',
    'cup füllen',
    'cup wieder verbinden',
    'cup löschen',
    '3 Objekte löschen',
    '1 Objekt einfügen',
    '2 Objekte entsperren',
    '3 Objekte löschen',
    'Dessiner tasse',
    'constructor',
  ]);
});
