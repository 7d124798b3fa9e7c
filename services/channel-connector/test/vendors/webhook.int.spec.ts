import { webhookRig } from '../contract/webhook-rig.js';
import { providerContract } from '../contract/provider-contract.js';

providerContract(webhookRig);
