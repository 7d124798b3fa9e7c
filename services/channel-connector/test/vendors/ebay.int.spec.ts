import { ebayRig } from '../contract/sandbox-rigs.js';
import { providerContract } from '../contract/provider-contract.js';

providerContract(ebayRig);
