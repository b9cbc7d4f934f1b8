// The keys of a keyboard as the editor draws them: places by KeyboardEvent.code, widths in key widths.
export interface DrawnKey {
  readonly code: string;
  readonly width: number;
  /** Only to be recognised; it carries no command by itself. */
  readonly label?: string;
}

const keys = (codes: string) => codes.split(' ').map((code): DrawnKey => ({ code, width: 1 }));
const wide = (code: string, width: number, label?: string): DrawnKey => ({
  code,
  width,
  ...(label === undefined ? {} : { label }),
});

export const KEYBOARD_ROWS: readonly (readonly DrawnKey[])[] = [
  [
    ...keys(
      'Backquote Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal',
    ),
    wide('Backspace', 1.7),
  ],
  [
    wide('Tab', 1.4),
    ...keys('KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight'),
    wide('Backslash', 1.3),
  ],
  [
    wide('CapsLock', 1.7, 'Caps'),
    ...keys('KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote'),
    wide('Enter', 2),
  ],
  [
    wide('ShiftLeft', 2.2, 'Shift'),
    ...keys('KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash'),
    wide('ShiftRight', 2.5, 'Shift'),
  ],
  [
    wide('ControlLeft', 1.4, 'Ctrl'),
    wide('AltLeft', 1.4, 'Alt'),
    wide('Space', 7.3),
    wide('AltRight', 1.4, 'Alt'),
    wide('ControlRight', 1.4, 'Ctrl'),
  ],
];
