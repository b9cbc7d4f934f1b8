// The method map: name -> input, output and progress event. Both ends are typed from it;
// the engine parses every input (the page is not trusted), events are trusted.
import type { ProjectMethods } from './methods/project.ts';
import type { CorrectionMethods } from './methods/corrections.ts';
import type { DocumentMethods } from './methods/document.ts';
import type { PrelabelMethods } from './methods/prelabel.ts';
import type { JobMethods } from './methods/job.ts';
import type { ReviewMethods } from './methods/review.ts';
import type { ExchangeMethods } from './methods/exchange.ts';
import type { SegmentMethods } from './methods/segment.ts';
import type { NoteMethods } from './methods/notes.ts';
import type { ModelMethods } from './methods/model.ts';

export interface Methods
  extends
    ProjectMethods,
    DocumentMethods,
    NoteMethods,
    PrelabelMethods,
    CorrectionMethods,
    SegmentMethods,
    JobMethods,
    ReviewMethods,
    ExchangeMethods,
    ModelMethods {}

export type MethodName = keyof Methods;

export type Input<M extends MethodName> = Methods[M]['input'];

export type Output<M extends MethodName> = Methods[M]['output'];

export type ProgressOf<M extends MethodName> = Methods[M]['event'];
