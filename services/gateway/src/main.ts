import { runService } from '@holdfast/runtime';
import { gatewayService } from './gateway.service.js';

await runService(gatewayService);
