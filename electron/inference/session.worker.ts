// The thread that owns every onnxruntime session. Its runs block it, so it does nothing else and is
// never terminated.
import { sessionTasks } from './sessionTasks.ts';
import { createShelves } from './shelves.ts';
import type { SessionTasks } from './tasks.ts';
import { serveTasks } from './threads/threadTask.ts';

serveTasks<SessionTasks>(sessionTasks(createShelves()));
