import { shopifyRig } from '../contract/sandbox-rigs.js';
import { providerContract } from '../contract/provider-contract.js';

providerContract(shopifyRig);
