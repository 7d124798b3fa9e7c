import 'reflect-metadata';

export { workflowService } from './service.js';
export { WorkflowModule } from './workflow.module.js';
export { CountProcess } from './counts/count-process.js';
export { CountStreams, type CountRef } from './counts/count-streams.js';
export { SkuCounts } from './counts/sku-counts.js';
export { SkuSteps } from './transfers/sku-steps.js';
export { TransferProcess } from './transfers/transfer-process.js';
export { TransferStreams, type TransferRef } from './transfers/transfer-streams.js';
