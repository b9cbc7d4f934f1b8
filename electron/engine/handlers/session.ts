// Handshake and settings.
import { AppError } from '../../api/errors.ts';
import { PROTOCOL } from '../../api/wire/limits.ts';
import type { EngineContext, HandlerGroup } from '../context.ts';
import { ENGINE_VERSION } from '../version.ts';

export function sessionHandlers(context: EngineContext): HandlerGroup<'session' | 'settings'> {
  return {
    async 'session.hello'({ protocol }) {
      if (protocol !== PROTOCOL)
        throw new AppError(
          'PROTOCOL_MISMATCH',
          `This page speaks protocol ${protocol}, the engine ${PROTOCOL}. Reload the window.`,
        );
      return {
        protocol: PROTOCOL,
        engineVersion: ENGINE_VERSION,
        host: context.host.kind === 'desktop' ? 'desktop' : 'browser',
        nativeDialogs: context.host.nativeDialogs,
        showsFiles: context.host.showFile !== undefined,
        projectOpen: context.open.current() !== null,
        settings: context.settings.value(),
      };
    },
    async 'settings.get'() {
      return context.settings.value();
    },
    async 'settings.set'(changes) {
      await context.settings.set({ ...context.settings.value(), ...changes });
      return context.settings.value();
    },
  };
}
