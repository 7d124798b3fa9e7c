import { ebayRig } from '../contract/sandbox-rigs.js';
import { providerContract } from '../provider-contract.js';

providerContract(ebayRig);
