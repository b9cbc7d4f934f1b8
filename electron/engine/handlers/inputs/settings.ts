// The settings: as a file that an older program may have written, and as changes from a page.
import * as v from 'valibot';
import { LANGUAGES } from '../../../api/settings.ts';
import { partly, share, text, whole } from './scalars.ts';

const settingFields = {
  theme: v.picklist(['dark', 'light', 'contrast', 'system']),
  language: v.picklist(['system', ...LANGUAGES]),
  keyPreset: v.picklist(['salience', 'labelme', 'cvat']),
  keys: v.pipe(
    v.record(text(80), text(80)),
    v.check((value) => Object.keys(value).length <= 1000, 'more than 1000 keys'),
  ),
  packId: text(200),
  clickPackId: text(200),
  provider: text(40),
  threads: whole(0, 512),
  precision: v.picklist(['f32', 'f16', 'int8']),
  lowMemory: v.boolean(),
  modelsMib: whole(0, 1_048_576),
  vectorsMib: whole(0, 1_048_576),
  maskOpacity: share,
  classHatch: v.boolean(),
  crossHair: v.boolean(),
  asksUndecided: v.boolean(),
  scalePercent: v.pipe(v.number(), v.minValue(50), v.maxValue(300)),
  singleLetterKeys: v.boolean(),
  hubMirror: text(500),
  wheel: v.picklist(['zoom', 'scroll']),
  surround: v.picklist(['theme', 'black', 'grey', 'white']),
  hintsSeen: v.pipe(v.array(text(80)), v.maxLength(500)),
};

/** Fields that came later are filled in where the file does not have them. */
export const settings = v.object({
  ...settingFields,
  language: v.optional(settingFields.language, 'system'),
  lowMemory: v.optional(settingFields.lowMemory, false),
  modelsMib: v.optional(settingFields.modelsMib, 0),
  vectorsMib: v.optional(settingFields.vectorsMib, 0),
  classHatch: v.optional(settingFields.classHatch, false),
  crossHair: v.optional(settingFields.crossHair, false),
  asksUndecided: v.optional(settingFields.asksUndecided, true),
  clickPackId: v.optional(settingFields.clickPackId, ''),
});

export const settingsChange = v.object(partly(settingFields));
