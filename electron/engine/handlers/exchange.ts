// Import and export from the page.
import { checkExport } from '../exchange/checkExport.ts';
import { exportProject } from '../exchange/exportProject.ts';
import { importDataset } from '../exchange/importDataset.ts';
import type { EngineContext, HandlerGroup } from '../context.ts';
import { EXPORT_FORMATS } from '../dataset/formats/registry.ts';

export function exchangeHandlers(context: EngineContext): HandlerGroup<'export' | 'import'> {
  return {
    async 'export.formats'() {
      return {
        formats: EXPORT_FORMATS.map(({ id, title, note, kind }) => ({ id, title, note, kind })),
      };
    },
    async 'export.start'(request, call) {
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
      return checkExport(context.open.get(), wanted, {
        signal: call.signal,
        onProgress: (done, total) => call.progress({ stage: 'Check', done, total }),
      });
    },
    async 'import.start'(request, call) {
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
