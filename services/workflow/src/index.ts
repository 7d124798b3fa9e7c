import 'reflect-metadata';

export { workflowService } from './service.js';
