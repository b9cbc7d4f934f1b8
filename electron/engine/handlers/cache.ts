// What the cache takes, and emptying it.
import type { EngineContext, HandlerGroup } from '../context.ts';

export function cacheHandlers(context: EngineContext): HandlerGroup<'cache'> {
  const status = async () => ({
    bytes: await context.cache.prune(),
    limitBytes: context.cache.limitBytes,
  });
  return {
    'cache.status': status,
    async 'cache.clear'() {
      await context.cache.clear();
      return status();
    },
  };
}
