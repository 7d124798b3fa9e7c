import { webhookRig } from '../contract/webhook-rig.js';
import { providerContract } from '../provider-contract.js';

providerContract(webhookRig);
