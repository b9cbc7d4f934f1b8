// The help pages. A page is a title, a lead and sections; keys and buttons of a section stand in
// screens/help/pages.ts under the same names.
import { clicks, engines, salience } from './method.ts';
import { batch, classes, files, tour } from './work.ts';
import { words } from './words.ts';

export const help = {
  title: 'Help',
  pages: 'Pages of the help',
  find: 'Find in help',
  local: 'Everything here is on this computer. Nothing is fetched.',
  back: 'Back to the image',
  backElsewhere: 'Back',
  start: 'Start with the sample',
  showMe: 'Show me',
  keysOf: (screen: string) => `Keys on the ${screen} screen`,
  allKeys: 'All keys, change keys',
  nothing: (typed: string) => `Nothing under “${typed}”.`,
  devices: 'Models and devices',
  hasDeviceTest: 'has the device test.',
  found: (count: number) => (count === 1 ? '1 place' : `${count} places`),
  aboutWord: (word: string) => `What “${word}” means`,
  topics: {
    tour,
    salience,
    clicks,
    engines,
    classes,
    batch,
    files,
    words,
    keys: {
      title: 'All keys',
      lead: 'As they are bound now. Presets for people who know labelme or CVAT are under Settings, Shortcuts.',
      sections: {},
    },
  },
};
