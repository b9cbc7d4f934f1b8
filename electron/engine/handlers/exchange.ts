// Import and export from the page. The formats are loaded when somebody asks for one: with their libraries they are a
// fifth of all code that the engine would start with.
import type { EngineContext, HandlerGroup } from '../context.ts';

export function exchangeHandlers(context: EngineContext): HandlerGroup<'export' | 'import'> {
  return {
    async 'export.formats'() {
      const { EXPORT_FORMATS } = await import('../dataset/formats/registry.ts');
      return {
        formats: EXPORT_FORMATS.map(({ id, title, note, kind }) => ({ id, title, note, kind })),
      };
    },
    async 'export.start'(request, call) {
      const { exportProject } = await import('../exchange/exportProject.ts');
      const target = request.target === null ? null : context.handles.pathOf(request.target);
      return exportProject(
        context,
        context.open.get(),
        { ...request, target },
        {
          signal: call.signal,
          onProgress: (progress) => call.progress(progress),
        },
      );
    },
    async 'export.check'(wanted, call) {
      const { lookThrough } = await import('../exchange/before/checkExport.ts');
      const { check } = await lookThrough(context.open.get(), wanted, {
        signal: call.signal,
        onProgress: (done, total) => call.progress({ stage: 'Check', done, total }),
      });
      return check;
    },
    async 'export.keepOne'(wanted, call) {
      const { keepOneOfEach } = await import('../exchange/keepOne.ts');
      return keepOneOfEach(context, context.open.writable(), wanted, {
        signal: call.signal,
        clientId: call.clientId,
        onProgress: (done, total) => call.progress({ stage: 'Keep one of each', done, total }),
      });
    },
    async 'export.place'(request) {
      const { exportPlace } = await import('../exchange/exportPlace.ts');
      const target = request.target === null ? null : context.handles.pathOf(request.target);
      return { path: await exportPlace(context.open.get(), { ...request, target }) };
    },
    async 'import.start'(request, call) {
      const { importDataset } = await import('../exchange/importDataset.ts');
      const source = context.handles.pathOf(request.source);
      return importDataset(
        context,
        context.open.writable(),
        { ...request, source },
        {
          signal: call.signal,
          clientId: call.clientId,
          onProgress: (progress) => call.progress(progress),
        },
      );
    },
  };
}
