// The open part of the Settings screen, remembered while the window lives.
export type SettingsSection = 'shortcuts' | 'appearance' | 'canvas' | 'storage' | 'about';

class Section {
  current = $state<SettingsSection>('shortcuts');
}

export const settingsSection = new Section();
