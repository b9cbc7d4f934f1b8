// Ranges of parameters: how they are written in tables, and the one check of a value against its range.
import type { ParamRange } from '../../api/model.ts';

export const number = (min: number, max: number): ParamRange => ({ kind: 'number', min, max });

export const whole = (min: number, max: number): ParamRange => ({
  kind: 'number',
  min,
  max,
  whole: true,
});

export const choice = (...values: string[]): ParamRange => ({ kind: 'choice', values });

export const onOff: ParamRange = { kind: 'switch' };

/** What was expected, or null when the value fits. */
export function complaint(range: ParamRange, value: unknown): string | null {
  switch (range.kind) {
    case 'number': {
      const fits =
        typeof value === 'number' &&
        value >= range.min &&
        value <= range.max &&
        (range.whole !== true || Number.isInteger(value));
      return fits
        ? null
        : `a ${range.whole ? 'whole ' : ''}number from ${range.min} to ${range.max}`;
    }
    case 'choice':
      return typeof value === 'string' && range.values.includes(value)
        ? null
        : `one of ${range.values.join(', ')}`;
    case 'switch':
      return typeof value === 'boolean' ? null : 'true or false';
    case 'text':
      return typeof value === 'string' && value.length <= range.maxLength
        ? null
        : `text of at most ${range.maxLength} characters`;
    case 'words': {
      const fits =
        Array.isArray(value) &&
        value.length <= range.most &&
        new Set(value).size === value.length &&
        value.every(
          (one) => typeof one === 'string' && one.trim() !== '' && one.length <= range.maxLength,
        );
      return fits
        ? null
        : `a list of at most ${range.most} different names of at most ${range.maxLength} characters`;
    }
    case 'numbers': {
      const fits =
        Array.isArray(value) &&
        value.length <= range.most &&
        value.every((one) => typeof one === 'number' && one >= range.min && one <= range.max);
      return fits
        ? null
        : `a list of at most ${range.most} numbers from ${range.min} to ${range.max}`;
    }
    case 'indices': {
      const fits =
        Array.isArray(value) &&
        (range.mayBeEmpty || value.length > 0) &&
        value.length <= 64 &&
        new Set(value).size === value.length &&
        value.every((one) => Number.isInteger(one) && (one as number) >= 0);
      return fits
        ? null
        : `a list of different whole numbers from 0${range.mayBeEmpty ? '' : ', not empty'}`;
    }
  }
}
