// The screens of the window by name, as they stand in the address.
export const SCREEN_IDS = [
  'home',
  'label',
  'evidence',
  'review',
  'jobs',
  'tune',
  'statistics',
  'models',
  'settings',
  'help',
] as const;

export type ScreenId = (typeof SCREEN_IDS)[number];
