import { expect, test } from 'vitest';
import { loadOptional } from '../../../../../electron/cluster/database/libraries.ts';

test('a package that is missing is told with the way to get it; other failures pass', async () => {
  const missing = () =>
    Promise.reject(Object.assign(new Error('x'), { code: 'ERR_MODULE_NOT_FOUND' }));
  await expect(loadOptional('some-package', { what: 'This', load: missing })).rejects.toThrow(
    'This needs the package some-package, which is not installed: run "npm install some-package" in the folder of Salience.',
  );
  const broken = () => Promise.reject(new SyntaxError('broken'));
  await expect(loadOptional('some-package', { what: 'This', load: broken })).rejects.toThrow(
    SyntaxError,
  );
});
