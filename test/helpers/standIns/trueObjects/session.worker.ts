// STAND-IN: the thread of the sessions with a click model that knows the true objects of the sample scenes.
import { sessionTasks } from '../../../../electron/inference/sessionTasks.ts';
import { createShelves } from '../../../../electron/inference/shelves.ts';
import type { SessionTasks } from '../../../../electron/inference/tasks.ts';
import { serveTasks } from '../../../../electron/inference/threads/threadTask.ts';
import { withTrueObjects } from './model.ts';

serveTasks<SessionTasks>(sessionTasks(withTrueObjects(createShelves())));
