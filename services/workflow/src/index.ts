import 'reflect-metadata';

export { workflowService } from './service.js';
export { WorkflowModule } from './workflow.module.js';
