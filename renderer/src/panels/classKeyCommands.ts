// The keys 1-9 as commands, and those that hand them to other classes.
import type { Category } from '../../../electron/api/types.ts';
import type { App } from '../state/app.svelte.ts';
import type { Handlers } from '../state/commands.svelte.ts';
import { CLASS_KEYS, classOfKey, turnClassPage } from '../state/session/classKeys.ts';
import { text } from '../text/text.ts';

/** `choose` gets the class of the key that was pressed. */
export function classKeyHandlers(app: App, choose: (category: Category) => void): Handlers {
  const press = (key: number) => () => {
    const category = classOfKey(app.session, key);
    if (category) choose(category);
    return category !== undefined;
  };
  const turn = (by: 1 | -1) => () => {
    const classes = turnClassPage(app.session, by);
    const [first, last] = [classes[0], classes.at(-1)];
    const { keysNow, onePage } = text.label.classes;
    app.toasts.show(first && last ? keysNow(classes.length, first.name, last.name) : onePage);
  };
  return {
    ...Object.fromEntries(CLASS_KEYS.map((key) => [`class.${key}`, press(key)])),
    'class.page': turn(1),
    'class.pageBack': turn(-1),
  };
}
