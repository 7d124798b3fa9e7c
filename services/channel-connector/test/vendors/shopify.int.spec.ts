import { shopifyRig } from '../contract/sandbox-rigs.js';
import { providerContract } from '../provider-contract.js';

providerContract(shopifyRig);
